import type { EventPipeline } from '../read/events/pipeline.ts';
import { type DumpLog, recordsInTime } from '../read/inputs/dump-log.ts';
import type { PrintkRecord } from '../record/record.ts';

/** One log under watch: its records in order, then its end. */
export interface Watch {
  see(records: readonly PrintkRecord[]): void;
  end(): void;
}

/** What `--fail-on` of a command that prints no events asks for. */
export interface FailOn {
  begin(source: string, release?: string): Watch;
  readonly found: boolean;
}

const NOTHING: FailOn = { found: false, begin: () => ({ see: () => undefined, end: () => undefined }) };

/** Loads what finds events only where it was asked for. @throws UsageError naming a kind that does not exist */
export async function failOn(list: string | undefined): Promise<FailOn> {
  if (list === undefined) return NOTHING;
  const { parseKinds } = await import('./events/filter.ts');
  const kinds = parseKinds(list, 'fail-on') ?? new Set();
  const { EventPipeline } = await import('../read/events/pipeline.ts');
  return new KindWatch(kinds, EventPipeline);
}

/** All records of a dump, read for this alone: only where something is asked for. */
export function watchDump(fail: FailOn, dump: DumpLog): void {
  if (fail === NOTHING) return;
  const watch = fail.begin(dump.name, dump.kernel.info.release);
  watch.see([...recordsInTime(dump, true)]);
  watch.end();
}

/** Looks for events of some kinds in logs that pass by. */
class KindWatch implements FailOn {
  found = false;

  constructor(
    readonly kinds: ReadonlySet<string>,
    readonly Pipeline: typeof EventPipeline,
  ) {}

  begin(source: string, release?: string): Watch {
    const pipeline = new this.Pipeline({ source, release });
    const look = (events: readonly { readonly kind: string }[]): void => {
      this.found ||= events.some(({ kind }) => this.kinds.has(kind));
    };
    return { see: (records) => look(pipeline.push(records)), end: () => look(pipeline.end()) };
  }
}
