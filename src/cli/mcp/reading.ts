import { statSync } from 'node:fs';
import type { ReportPart } from '../../output/report/report.ts';
import { expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { asLogInput, type Opened, open } from '../../read/inputs/open.ts';
import { partOf } from '../commands/report.ts';
import { UsageError } from '../exit.ts';

/** Inputs whose answers are kept: a conversation is about one or two. */
const KEPT = 4;

/** Reads inputs, one at a time, and remembers the last few as long as their files stay the same. */
export class Readings {
  readonly #kept = new Map<string, ReportPart>();
  #last: Promise<unknown> = Promise.resolve();

  /** Everything that a report says of the one input that a path holds. @throws UsageError where it holds several */
  async part(path: string): Promise<ReportPart> {
    const key = keyOf(path);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const { part } = await this.opened(path, async (opened) => partOf(asLogInput(opened)));
    this.#kept.set(key, part);
    for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(old);
    return part;
  }

  /** Reads the log's records. */
  records<T>(path: string, use: (input: LogInput) => Promise<T>): Promise<T> {
    return this.opened(path, (opened) => use(asLogInput(opened)));
  }

  /** Opens the one input that a path holds, after those that were asked for before. @throws UsageError where it holds several */
  opened<T>(path: string, use: (opened: Opened) => Promise<T>): Promise<T> {
    const mine = this.#last.then(async () => {
      const groups = await groupFiles([path]);
      const { groups: found, close } = groups.length === 1 && groups[0] ? await expand(groups[0]) : { groups, close: () => undefined };
      try {
        if (found.length !== 1 || found[0] === undefined)
          throw several(
            path,
            found.map(([file]) => file?.name ?? ''),
          );
        const opened = await open(found[0]);
        return await use(opened).finally(() => opened.close());
      } finally {
        close();
      }
    });
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

const several = (path: string, names: readonly string[]): UsageError =>
  new UsageError(`${path} holds ${names.length} inputs; ask for one of them: ${names.slice(0, 20).join(', ')}`);

/** A file that was written to is another one. */
function keyOf(path: string): string {
  const { mtimeMs, size } = statSync(path.split('!')[0] ?? path);
  return `${path}\0${mtimeMs}\0${size}`;
}
