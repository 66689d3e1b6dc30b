import type { Event, MachineFacts, VerdictClause } from '../../event/event.ts';
import { sizeText } from '../../event/oom/size-text.ts';
import { isShortOfMemory } from '../facts.ts';
import { nameOf } from './name.ts';

/** Percent of memory from which on a use is told. */
const WORTH = 5;
/** Of a use, the holders that are named. */
const HOLDERS = 3;

/**
 * Who held the memory when the OOM killer found nobody to kill, or was not to (panic_on_oom): then the dump shows what the killer saw. After
 * a kill that the machine survived it does not.
 */
export function shortageClauses(events: readonly Event[], terminal: Event, machine: MachineFacts | undefined): VerdictClause[] {
  if (!machine || terminal.severity !== 'fatal' || !events.some((event) => event.kind !== 'memcg-oom' && isShortOfMemory(event))) return [];
  const uses = usesOf(machine).filter(({ percent }) => percent >= WORTH);
  if (uses.length === 0) return [];
  const text = uses.map(({ percent, what, held }) => `${percent} % ${what}${held.length > 0 ? ` (${held.join(', ')})` : ''}`).join(', ');
  return [{ text: `in the dump, of all memory: ${text}`, evidence: [], memory: true }];
}

interface Use {
  readonly percent: number;
  readonly what: string;
  /** Who holds it, the largest first. */
  readonly held: readonly string[];
}

/** Kinds of use that do not overlap, and what none of them counts; the largest first. */
function usesOf({ memory, largest, slabs = [] }: MachineFacts): Use[] {
  const pages = new Map(memory.map(({ item, pages }) => [item, pages]));
  const total = pages.get('totalMem');
  if (!total) return [];
  const tasks = largest.slice(0, HOLDERS).map(({ rssKb, ...task }) => `${nameOf(task)} ${sizeText(rssKb)}`);
  const caches = slabs.slice(0, HOLDERS).map(({ name, bytes }) => `${name} ${sizeText(Math.round(bytes / 1024))}`);
  const shmem = pages.get('shmem');
  const cached = pages.get('cached');
  const known: (readonly [pages: number | undefined, what: string, held: readonly string[]])[] = [
    [pages.get('free'), 'free', []],
    [pages.get('anonymous'), 'anonymous memory of programs', tasks],
    [shmem, 'shared memory and tmpfs', []],
    [cached === undefined || shmem === undefined ? cached : Math.max(0, cached - shmem), 'page cache', []],
    [pages.get('buffers'), 'buffers', []],
    [pages.get('slab'), 'slab', caches],
    [pages.get('pageTables'), 'page tables', []],
    [pages.get('kernelStacks'), 'kernel stacks', []],
    [pages.get('percpu'), 'per-CPU memory', []],
    [pages.get('totalHuge'), 'huge pages', []],
  ];
  const rest = known.some(([n]) => n === undefined) ? undefined : total - known.reduce((sum, [n = 0]) => sum + n, 0);
  return [...known, [rest, 'in no counter (vmalloc, drivers)', []] as const]
    .flatMap(([n, what, held]) => (n === undefined ? [] : [{ percent: Math.round((100 * n) / total), what, held }]))
    .sort((a, b) => b.percent - a.percent);
}
