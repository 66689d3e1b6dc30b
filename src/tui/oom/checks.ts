import type { Oom, OomTask } from '../../event/event.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { wrap } from '../../output/text/cells.ts';
import type { TabRow } from '../event/tab.ts';
import { span } from '../line/line.ts';
import { count, percent } from '../line/numbers.ts';
import { LABEL } from './labelled.ts';
import { numberIn, sum } from './units.ts';

/** Whether two things that the report says agree. */
interface Check {
  readonly pass: boolean;
  readonly text: string;
}

const near = (a: number, b: number, share: number): boolean => Math.abs(a - b) <= Math.max(a, b) * share;

/** The parts against the whole, and numbers that two lines of the report print against each other. @tested */
export function checksOf(oom: Oom): Check[] {
  return [partsCheck(oom), limitCheck(oom), tasksCheck(oom), freeCheck(oom), blocksCheck(oom), victimCheck(oom)].filter(
    (check) => check !== undefined,
  );
}

function partsCheck({ usage }: Oom): Check | undefined {
  if (usage === undefined) return undefined;
  const lost = usage.unaccountedKb ?? 0;
  const share = percent(Math.abs(lost), usage.totalKb);
  if (Math.abs(lost) <= usage.totalKb * 0.05) return { pass: true, text: lost === 0 ? 'parts = usage' : `parts = usage but for ${share}` };
  return { pass: false, text: `${share} of the usage ${lost > 0 ? 'is in no counter' : 'is counted twice'}` };
}

function limitCheck({ limits }: Oom): Check | undefined {
  const { usageKb, limitKb } = limits?.memory ?? {};
  if (usageKb === undefined || limitKb === undefined || isUnlimited(limitKb)) return undefined;
  // charges are made in batches of 64 pages: a failed one may leave that much
  const pass = near(usageKb, limitKb, 0.02);
  return { pass, text: pass ? 'usage = limit' : `usage ${count(limitKb - usageKb)} kB below the limit` };
}

/** Pages that tasks share count for each, so the sum may be more, not much less. */
function tasksCheck({ usage, memcgStat }: Oom): Check | undefined {
  if (usage?.scope !== 'cgroup' || usage.tasksRssKb === undefined) return undefined;
  const part = (name: string): number => usage.parts.find((part) => part.name === name)?.kb ?? 0;
  const mapped = part('anonymous') + part('shmem') + (numberIn(memcgStat?.fileMapped) ?? 0) / 1024;
  return {
    pass: near(usage.tasksRssKb, mapped, 0.1),
    text: `tasks' rss ${count(usage.tasksRssKb)} kB, mapped ${count(Math.round(mapped))} kB`,
  };
}

function freeCheck({ zones = [], memInfo, pageSizeKb }: Oom): Check | undefined {
  if (memInfo?.free === undefined || pageSizeKb === undefined || zones.length === 0) return undefined;
  const [zonesKb, totalKb] = [sum(zones.map(({ freeKb }) => freeKb)), memInfo.free * pageSizeKb];
  return { pass: near(zonesKb, totalKb, 0.05), text: `zones' free ${count(zonesKb)} kB, Mem-Info's ${count(totalKb)} kB` };
}

function blocksCheck({ zones = [] }: Oom): Check | undefined {
  const both = zones.filter(({ freeKb, buddyTotalKb }) => freeKb !== undefined && buddyTotalKb !== undefined);
  if (both.length === 0) return undefined;
  const [blocksKb, freeKb] = [sum(both.map(({ buddyTotalKb }) => buddyTotalKb)), sum(both.map((zone) => zone.freeKb))];
  return { pass: near(blocksKb, freeKb, 0.05), text: `free blocks ${count(blocksKb)} kB, zones' free ${count(freeKb)} kB` };
}

/** The victim in the table and in the line that tells its death. */
function victimCheck({ victims, tasks, pageSizeKb }: Oom): Check | undefined {
  const [victim] = victims ?? [];
  const row: OomTask | undefined = tasks?.find(({ pid }) => pid === victim?.pid);
  if (victim?.anonRssKb === undefined || row?.rssPages === undefined || pageSizeKb === undefined) return undefined;
  const [line, table] = [sum([victim.anonRssKb, victim.fileRssKb, victim.shmemRssKb]), row.rssPages * pageSizeKb];
  return { pass: near(line, table, 0.05), text: `kill line's rss ${count(line)} kB, table's ${count(table)} kB` };
}

/** `[pass]` or `[off]` before each. */
export function checkRows(oom: Oom, width: number): TabRow[] {
  const room = Math.max(20, width - LABEL - 11);
  const lines = checksOf(oom).flatMap(({ pass, text }) =>
    wrap(text, room).map((part, i) => [i > 0 ? '       ' : pass ? '[pass] ' : span('[off]  ', 'degraded'), part]),
  );
  return lines.map((line, i) => ({ line: [' ', span((i === 0 ? 'Check' : '').padEnd(LABEL), 'label'), '  ', ...line] }));
}
