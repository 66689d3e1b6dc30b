import type { Event, VerdictClause } from '../../event/event.ts';
import { countText } from '../../event/oom/size-text.ts';
import { recordsOfAll } from '../../event/records-of.ts';
import { clueOf } from '../clue.ts';
import { beginningOf, ended } from '../facts.ts';
import type { Group } from '../group.ts';
import type { Link } from '../link.ts';
import { memoryClauses } from '../memory/clauses.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import type { Surroundings } from '../surroundings.ts';
import { comebacks } from './comebacks.ts';
import { livesOn } from './lives-on.ts';
import { rootPhrase } from './root.ts';
import { capital, secondsText, tally } from './words.ts';

/** Consequences that a sentence names; the rest are counted. */
const NAMED = 3;

/** The clauses as one sentence. */
export const sentence = (clauses: readonly VerdictClause[]): string => `${capital(clauses.map(({ text }) => text).join('; '))}.`;

/** What happened, part by part, in the order in which it happened: what began it, how often, what came of it, how it ended. */
export function clausesOf({ events, links }: Group, terminal: Event, around: Surroundings = {}): VerdictClause[] {
  const first = beginningOf(events) as Event;
  const consequences = [...consequencesOf(links, terminal)];
  const root = rootPhrase(first);
  const goesOn = livesOn(terminal, around);
  const clauses: VerdictClause[] = [
    {
      text: goesOn !== undefined && first === terminal ? doubted(root.text) : root.text,
      evidence: rootRecords(first, root.cites),
      ...(first.oom?.cause === undefined ? {} : { inferred: true }),
    },
  ];
  const kdump = around.notes?.crashKernel(first.boot);
  if (kdump !== undefined)
    clauses.push({ text: 'this is the crash kernel, which has no more memory than crashkernel= reserves', evidence: [kdump] });
  const found = clueOf(first, around.notes);
  if (found !== undefined) clauses.push({ text: found.hint.says, evidence: [...found.hint.evidence] });
  clauses.push(...memoryClauses(events, terminal, around.machine));
  const again = repeats(events, links, around);
  if (again !== undefined) clauses.push(again);
  clauses.push(...consequences.slice(0, NAMED));
  const last = consequences.at(-1);
  if (consequences.length > NAMED + 1) clauses.push(others(consequences.slice(NAMED, -1)));
  if (consequences.length > NAMED && last !== undefined) clauses.push(last);
  for (const { of, note } of comebacks(events, around)) {
    const after = note.uptime === undefined || of.uptime === undefined ? undefined : note.uptime - (ended(of) ?? of.uptime);
    clauses.push({
      text: `${note.says}${after === undefined || after < 1 ? '' : ` after ${secondsText(after)}`}`,
      evidence: [note.record],
    });
  }
  if (goesOn !== undefined) {
    clauses.push({
      text: `but the log goes on for ${secondsText(goesOn)}`,
      evidence: [around.lastRecord ?? terminal.records.last],
      inferred: true,
    });
  }
  const within = terminal.details?.panic;
  if (typeof within === 'string') {
    clauses.push({ text: panickedWithin(within), evidence: recordsOfAll(terminal, ['details.panic']) });
  } else if (terminal.severity === 'fatal' && terminal.kind !== 'panic') {
    clauses.push({
      text: around.isDump
        ? 'the log ends there, where the dump was taken'
        : 'the log of that boot ends there: the machine stopped, a crash kernel took over, or the log was cut',
      evidence: [terminal.records.last],
      inferred: true,
    });
  }
  return clauses;
}

/** A panic that stands within the report that it ends. __schedule_bug() names the setting since 6.2 (79cc1ba7badf). */
const panickedWithin = (reason: string): string =>
  reason.startsWith('scheduling while atomic')
    ? 'the kernel panicked because panic_on_warn is set'
    : (panicReason(reason)?.says ?? `the kernel panicked ("${reason}")`);

const doubted = (text: string): string => text.replace(/^the kernel panicked/, 'a lone line says that the kernel panicked');

/** The head of its report, and the records of the fields that are named; an out-of-memory verdict rests on the lines that its evidence names. */
function rootRecords(event: Event, cites: readonly string[]): number[] {
  const lines = (event.oom?.cause?.evidence ?? []).flatMap((each) => each.records ?? []).slice(0, 16);
  return [...new Set([event.records.first, ...recordsOfAll(event, cites), ...lines])].sort((a, b) => a - b);
}

/** What the rules say of each event that another led to, each sentence once, the terminal event last. */
function* consequencesOf(links: readonly Link[], terminal: Event): Generator<VerdictClause> {
  const said = new Set<string>();
  const done = new Set<Event>();
  const rank = { high: 0, medium: 1, low: 2 } as const;
  const ordered = [...links].sort(
    (a, b) =>
      Number(a.to === terminal) - Number(b.to === terminal) ||
      a.to.records.first - b.to.records.first ||
      rank[a.edge.confidence] - rank[b.edge.confidence],
  );
  for (const { rule, from, to, edge } of ordered) {
    if (done.has(to)) continue;
    const text = rule.says?.(to, from);
    if (text === undefined) continue;
    done.add(to);
    if (said.has(text)) continue;
    said.add(text);
    yield {
      text: edge.confidence === 'high' ? text : `${text} (${edge.confidence} confidence)`,
      evidence: [...new Set([...edge.evidence, ...taskRecords(from, text), ...taskRecords(to, text)])].sort((a, b) => a - b),
      ...(edge.confidence === 'high' ? {} : { inferred: true }),
    };
  }
}

/** The records of the event's task, where the text names it: `xyz_hog[103] hangs at the same lock`. */
const taskRecords = (event: Event, text: string): number[] =>
  event.task?.pid !== undefined && text.includes(`[${event.task.pid}]`) ? recordsOfAll(event, ['task.pid', 'task.comm']) : [];

const others = (clauses: readonly VerdictClause[]): VerdictClause => ({
  text: `${countText(clauses.length)} more ${clauses.length === 1 ? 'report' : 'reports'} followed`,
  evidence: [...new Set(clauses.flatMap(({ evidence }) => evidence))].slice(0, 32).sort((a, b) => a - b),
});

/** How often and how long, where one cause reported itself again. */
function repeats(events: readonly Event[], links: readonly Link[], { isPart }: Surroundings): VerdictClause | undefined {
  const first = beginningOf(events) as Event;
  const again = [...new Set(links.filter(({ rule }) => rule.key !== undefined && rule.name !== 'printed-again').map(({ to }) => to))];
  const folded = typeof first.details?.count === 'number' ? first.details.count - 1 : 0;
  if (again.length + folded === 0) return undefined;
  const last = again.at(-1) ?? first;
  const span = (ended(last) ?? 0) - (first.uptime ?? 0);
  const over = span >= 0.001 ? ` within ${secondsText(span)}` : '';
  const evidence = [...new Set([first.records.first, ...again.slice(0, 30).map(({ records }) => records.first), last.records.first])];
  const least = isPart ? 'at least ' : '';
  const victims = again.flatMap(({ oom }) => (oom?.victims ?? []).map(({ comm }) => comm));
  if (victims.length > 0)
    return {
      text: `${least}${countText(victims.length)} more ${victims.length === 1 ? 'kill' : 'kills'}${over} (${tally(victims)})`,
      evidence,
    };
  return {
    text: `reported ${least}${countText(again.length + folded)} more ${again.length + folded === 1 ? 'time' : 'times'}${over}`,
    evidence,
  };
}
