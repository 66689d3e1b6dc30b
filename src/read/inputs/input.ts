import type { Deadline } from '../../dump/open/deadline.ts';
import type { Event } from '../../event/event.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { Headline } from '../../text/headlines.ts';
import type { InputInfo } from '../info.ts';
import type { Machine } from '../machine/machine-facts.ts';
import type { InputForm } from './form.ts';

/** One opened FILE (or directory, or `-`), whatever it holds: the same door for dumps and text. */
export interface LogInput {
  /** As the user named it: the `source` of events. */
  readonly name: string;
  /** What it was recognised as: `vmcore`, or the text form (`dmesg`, `kmsg`, `journal-json`, `console`, `pstore`…). */
  readonly form: InputForm;
  /** Records in log order, in batches; text streams in bounded memory. Can be read once. An empty batch: a log that grows, or a pipe, pauses. */
  readonly batches: AsyncIterable<readonly PrintkRecord[]>;
  /** The user said that it goes on. */
  readonly isFollowed?: boolean | undefined;
  /** Filled while batches are read: what was lost or damaged, one line each, for stderr. Non-empty means exit code 3. */
  readonly losses: string[];
  /** Filled by whoever makes its events: stack traces that belong to none, and whether {@link headlines} came to nothing. {@link info} says it. */
  readonly claims: { unclaimed: number; overlooks?: boolean };
  /** Lines of a text that speak of a crash, whatever they were read as; filled while batches are read. */
  readonly headlines?: readonly Headline[] | undefined;
  /** Facts of the dump that anchor events, where there is one. */
  readonly dump?: { readonly release?: string | undefined; readonly crashTime?: number | undefined };
  /** What a text says of its machine outside its log: a panic screen's code. */
  readonly stated?: { readonly release: string; readonly architecture: string } | undefined;
  /** What it is, and what of its log was read so far: complete once the batches were read. */
  info(): InputInfo;
  /** Of a dump, what its memory says beyond the log that reports these events; undefined where it holds no more. Ask before it is closed. */
  readonly machine?: ((events: readonly Event[]) => Promise<Machine | undefined>) | undefined;
  /** Gives its files back, read to the end or not; once more does nothing. */
  close(): Promise<void>;
}

export interface InputOptions {
  /** What the user says it is, instead of looking. */
  readonly form?: InputForm | undefined;
  /** Keep reading a growing text (`-w`). */
  readonly follow?: boolean | undefined;
  /** An interrupt ends a pipe instead of the program. */
  readonly interruptible?: boolean | undefined;
  /** When to stop: what was read until then is given, and a loss says so. */
  readonly deadline?: Deadline | undefined;
}
