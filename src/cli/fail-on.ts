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

/** Loads what finds events only where it was asked for. @throws UsageError naming a kind that is none */
export async function failOn(kinds: string | undefined): Promise<FailOn> {
  return kinds === undefined ? NOTHING : new (await import('./events/kind-watch.ts')).KindWatch(kinds);
}
