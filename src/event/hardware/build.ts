import type { Line } from '../../../grammars/common/line.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import type { Report } from '../../report/report.ts';
import type { Details } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { type Facts, gather, readReport, recordAt } from '../facts/facts.ts';
import { Said, unsaid } from '../facts/said.ts';
import { type SayableTask, taskOf } from '../facts/task.ts';
import type { Kind } from '../kinds.ts';
import { fill, printable } from './plain.ts';
import type { Rule, Value, Values } from './rule.ts';

/** A builder from one table: the first line with a rule names the event, the others add their fields. `kind` is for rules that name none. */
export function hardwareBuilder(kind: Kind, rules: readonly Rule[]): (report: Report) => Draft | undefined {
  const byRow = new Map(rules.map((rule) => [rule.row, rule]));
  return (report) => {
    const facts = gather(report, readReport(report));
    const telling = facts.heads.filter((h) => byRow.has(h.row));
    const meaning = (h: HeadNode) => byRow.get(h.row)?.meaning;
    const main = telling.findLast((h) => meaning(h)?.strong) ?? telling.find((h) => !meaning(h)?.weak) ?? telling[0];
    const rule = main === undefined ? undefined : byRow.get(main.row);
    return main === undefined || rule === undefined
      ? undefined
      : draftOf(kind, rule, facts, [main, ...facts.heads.filter((h) => h !== main && h.row.shape === undefined)]);
  };
}

/** What the lines say together: the first that has a field counts; lists of several lines become one. */
function merged(facts: Facts, lines: readonly HeadNode[]): { all: SaidValues; details: Record<string, Said<Detail>> } {
  const all: Record<string, Said<Value>> = {};
  const details: Record<string, Said<Detail>> = {};
  for (const { line, row, values } of lines) {
    const records = recordAt(facts.report, line);
    for (const [name, value] of Object.entries(values)) {
      const list = details[name]?.value;
      if (Array.isArray(value) && Array.isArray(list)) {
        for (const one of value) list.push(one);
        for (const record of records) details[name]?.records.push(record);
        continue;
      }
      all[name] ??= new Said<Value>(value, records);
      if (row.fields?.[name]?.aside !== true) details[name] ??= new Said(detail(value), [...records]);
    }
  }
  return { all, details };
}
type SaidValues = Readonly<Record<string, Said<Value>>>;

type Detail = Details[string];
const detail = (value: Value): Detail => (typeof value === 'string' ? printable(value) : typeof value === 'object' ? [...value] : value);

type Work = (told: Values) => Value | undefined;

/** A value that is worked out rests on the records of the fields that it looks at; where the event has none of them, on its head. */
function workedOut(work: Work, told: Values, said: SaidValues, head: readonly number[]): Said<Value> | undefined {
  const value = work(told);
  if (value === undefined) return undefined;
  // most rules work out nothing of most lines: which fields were looked at is asked of those alone that did
  const looked = new Set<number>();
  work(
    new Proxy(told, {
      get(target, field: string) {
        for (const record of said[field]?.records ?? []) looked.add(record);
        return target[field];
      },
    }),
  );
  return new Said(value, looked.size === 0 ? [...head] : [...looked].sort((a, b) => a - b));
}

/** The draft of a report by its rule; undefined where the rule's `unless` says that nothing happened. */
function draftOf(kind: Kind, { row, meaning }: Rule, facts: Facts, lines: readonly HeadNode[]): Draft | undefined {
  const { all, details } = merged(facts, lines);
  const derived: Record<string, Said<Value>> = {};
  const head = recordAt(facts.report, lines[0]?.line ?? 0);
  const runs: SayableTask = { ...taskOf(facts), ...pick(all, 'comm'), ...pick(all, 'pid') };
  const told: Record<string, Value | undefined> = { comm: runs.comm === undefined ? undefined : unsaid(runs.comm) };
  for (const name in all) told[name] = all[name]?.value;
  for (const name in meaning.derive) {
    const value = workedOut(meaning.derive[name] as Work, told, all, head);
    if (value !== undefined) derived[name] = value;
  }
  for (const name in derived) told[name] = derived[name]?.value;
  if (meaning.unless?.(told)) return undefined;
  const title = printable(typeof meaning.title === 'string' ? fill(meaning.title, told) : meaning.title(told));
  const key = [meaning.kind ?? kind, row.name, title, ...(meaning.fold || ['device']).map((name) => told[name] ?? '')].join('\n');
  if (typeof meaning.outcome === 'string') derived.outcome = new Said(meaning.outcome, [...head]);
  else if (meaning.outcome !== undefined) {
    const outcome = workedOut(meaning.outcome, told, { ...all, ...derived }, head);
    if (outcome !== undefined) derived.outcome = outcome;
  }
  for (const name in derived) details[name] = (derived[name] as Said<Value>).map(detail);
  return baseDraft(facts, {
    kind: meaning.kind ?? kind,
    severity: typeof meaning.severity === 'function' ? meaning.severity(told) : (meaning.severity ?? 'error'),
    naming: {
      title,
      bare: title,
      alt: (meaning.alt ?? []).map((t) => fill(t, told)),
      frames: [...new Set(lines.flatMap(({ frame }) => frame ?? []))],
      fold: meaning.fold === false ? undefined : { key, minimum: meaning.minimum, counters: countersOf(row), printers: printersOf(row) },
    },
    extra: {
      ...(Object.keys(details).length === 0 ? {} : { details }),
      ...(Object.keys(runs).length === 0 ? {} : { task: runs }),
      ...meaning.event?.(all),
    },
  });
}

const countersOf = ({ fields }: Line): readonly string[] => Object.keys(fields ?? {}).filter((name) => fields?.[name]?.counts);
const printersOf = ({ name, printer, releases }: Line): string => `${name} ${printer} ${releases ?? ''}`;

const pick = (said: SaidValues, name: string): Readonly<Record<string, Said<Value>>> => {
  const value = said[name];
  return value === undefined ? {} : { [name]: value };
};
