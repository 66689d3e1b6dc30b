import type { Copy } from './fleet.ts';
import type { ReadInput } from './input.ts';
import { keyOf } from './key.ts';
import { groupBy } from './tally.ts';

/**
 * Logs that are the text of a dump beside them (kdump saves `vmcore` and `vmcore-dmesg.txt` in one directory): counted again they would
 * make every crash two. A copy shows nothing that the dump does not show at the very same microsecond.
 */
export function copiesIn(inputs: readonly ReadInput[]): ReadonlyMap<ReadInput, Copy> {
  const copies = new Map<ReadInput, Copy>();
  for (const beside of groupBy(inputs, directoryOf).values()) {
    const dumps = beside.filter(isDump).map((dump) => ({ dump, shown: new Set(shown(dump)) }));
    for (const log of dumps.length === 0 ? [] : beside) {
      const seen = isDump(log) ? [] : shown(log);
      const known = seen.length > 0 || isSavedLog(log);
      const of = known ? dumps.find(({ dump, shown }) => isOneKernel(log, dump) && seen.every((mark) => shown.has(mark))) : undefined;
      if (of !== undefined) copies.set(log, { source: log.source, of: of.dump.source });
    }
  }
  return copies;
}

/** What kdump's scripts call the text they save beside a dump (vmcore-dmesg.txt, vmcore-dmesg-incomplete.txt, dmesg.202611222026, dmesg.txt). */
export const SAVED_LOG = /(?:^|\/)(?:vmcore-)?dmesg(?:-incomplete)?(?:\.[\w-]{1,20}){0,2}$/;

/** A log in which nothing began, beside a dump, is its text only where its name says so. */
const isSavedLog = (log: ReadInput): boolean => SAVED_LOG.test(log.source) && log.sightings.every(({ incidents }) => incidents === 0);

/** No release, or the dump's: a log that begins late names none. */
const isOneKernel = (log: ReadInput, dump: ReadInput): boolean =>
  log.releases.length === 0 || dump.releases.length === 0 || log.releases.some((release) => dump.releases.includes(release));

const isDump = ({ form }: ReadInput): boolean => form === 'vmcore';
const directoryOf = ({ source }: ReadInput): string => source.slice(0, source.lastIndexOf('/') + 1);

/** What began incidents, with its time; without one nothing proves that two are the same. */
function shown({ sightings }: ReadInput): string[] {
  const rooted = sightings.filter(({ incidents }) => incidents > 0);
  return rooted.some(({ newest }) => newest.uptime === undefined)
    ? []
    : rooted.map((sighting) => `${keyOf(sighting)} ${sighting.newest.uptime}`);
}
