import type { Held } from '../../dump/open/file-source.ts';
import type { Stream } from './pipe.ts';

/** Bytes of a member of an archive, where they were put. */
interface HeldBytes extends Held {
  /** Microseconds since 1970 at which the member was last written. */
  readonly mtime?: number | undefined;
}

/** One file to be read. Plain data but for a pipe: threads may be handed it. */
export interface InputFile {
  /** As the user named it; `archive!member` for what stands in an archive. */
  readonly name: string;
  /** Where its bytes stand, where they are not in the file of that name. */
  readonly held?: HeldBytes | undefined;
  /** The physical address at which this piece of raw memory begins. */
  readonly at?: number | undefined;
  /** The parts of one pstore log in an archive, instead of a file's bytes. */
  readonly parts?: readonly { readonly name: string; readonly held: HeldBytes }[] | undefined;
  /** A text that was given in place of a name: a panic screen's code. */
  readonly text?: string | undefined;
  /** What of a directory is left out, and why: it stands for that, and cannot be read. */
  readonly leftOut?: string | undefined;
  /** It was found to be a dump. */
  readonly isDump?: boolean | undefined;
  /** A pipe that was looked into. */
  readonly pipe?: Stream | undefined;
}

/** Files that make one input: one, the members of a split set, or pieces of one memory. */
export type InputGroup = readonly InputFile[];
