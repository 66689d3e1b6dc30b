import type { Event, Frame } from '../event.ts';
import type { FoldRule } from '../fold/folder.ts';
import type { Sources } from './said.ts';

/** Kinds of machinery that a guilty frame never is; src/signature knows the functions of each. */
export type Machinery =
  | 'sanitizer'
  | 'die'
  | 'trap'
  | 'warn'
  | 'dump'
  | 'panic'
  | 'allocator'
  | 'lock'
  | 'locking'
  | 'list'
  | 'refcount'
  | 'string'
  | 'usercopy'
  | 'printk'
  | 'container'
  | 'helper'
  | 'device-core'
  | 'work'
  | 'object'
  | 'debugobjects'
  | 'page'
  | 'slab'
  | 'sched'
  | 'rcu'
  | 'stall'
  | 'entry';

/** How a report is named: the signature stage fills in the guilty frame. */
export interface Naming {
  /** `KASAN: use-after-free Read in {f}`: `{f}` is the guilty frame. */
  readonly title: string;
  /** The title where no frame can be named; default: the title without ` in {f}`. */
  readonly bare?: string | undefined;
  /** Further templates: `bad-access in {f}`. */
  readonly alt?: readonly string[] | undefined;
  /** Machinery beyond the default list that is skipped for this report (a hung task skips the scheduler). */
  readonly skip?: readonly Machinery[] | undefined;
  /** Machinery of the default list that counts as guilty here; `all` where the frames were chosen one by one. */
  readonly keep?: readonly Machinery[] | 'all' | undefined;
  /** Frames to look through, most telling first; default: `at`, then the first stack. */
  readonly frames?: readonly Frame[] | undefined;
  /** Frames of the other side, where those hold no code of a subsystem's own. */
  readonly beside?: readonly Frame[] | undefined;
  /** The next best, where the builder knows them. */
  readonly others?: readonly Frame[] | undefined;
  /** What the first frame called: another best where it is a subsystem's own function (its way of waiting). */
  readonly called?: Frame | undefined;
  /** Why the first frame is guilty, where the builder chose it. */
  readonly why?: string | undefined;
  /** The stack ran out: to blame is the frame that recurs, or the operation that went so deep; where the stack happened to end is chance. */
  readonly overflow?: boolean | undefined;
  /** Repeats of it are one event (event/fold). */
  readonly fold?: FoldRule | undefined;
}

/** An event as its family's builder leaves it: without what all events get alike (id, title, culprit, signature…). */
export type Draft = Omit<
  Event,
  'schemaVersion' | 'source' | 'id' | 'boot' | 'title' | 'altTitles' | 'culprit' | 'signature' | 'records' | 'sources'
> & {
  sources: Sources;
  /** The records of a frame of this report; the signature stage asks for those of the guilty one. */
  readonly recordsOf: (frame: Frame) => number[];
  readonly naming: Naming;
};
