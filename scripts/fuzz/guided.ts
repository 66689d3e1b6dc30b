// Which inputs are worth changing further: those that made a block of our code run that none before did. V8 counts the blocks itself
// (jazzer.js 4 does not load below glibc 2.38). Import it before src is run: V8 counts only in functions that it compiles afterwards.
import { Session } from 'node:inspector';

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
    }[];
  }[];
}

/** Inputs of a part kept at most: older ones give way. */
const MOST = 2000;

export class Guide {
  readonly #session = new Session();
  readonly #seen = new Set<string>();
  readonly #kept = new Map<string, Buffer[]>();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Blocks that ran, or did not while the function around them did, as no input before has shown. */
  get blocks(): number {
    return this.#seen.size;
  }

  /** Inputs of a part that showed something new, newest last. */
  kept(part: string): Buffer[] {
    const kept = this.#kept.get(part) ?? [];
    this.#kept.set(part, kept);
    return kept;
  }

  /** Keeps the input that was just read where it showed a new block. */
  judge(part: string, bytes: Buffer): void {
    const before = this.#seen.size;
    this.#session.post('Profiler.takePreciseCoverage', (error: Error | null, coverage: unknown) => {
      if (error) throw error;
      for (const { url, functions } of (coverage as Coverage).result) {
        if (!/\/(?:src|grammars)\//.test(url)) continue;
        for (const { ranges } of functions)
          if ((ranges[0]?.count ?? 0) > 0)
            for (const { startOffset, endOffset, count } of ranges) this.#seen.add(`${url}:${startOffset}:${endOffset}:${count > 0}`);
      }
    });
    if (this.#seen.size === before) return;
    const kept = this.kept(part);
    kept.push(bytes);
    if (kept.length > MOST) kept.shift();
  }
}
