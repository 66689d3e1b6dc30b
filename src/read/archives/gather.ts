import type { Deadline } from '../../dump/open/deadline.ts';
import { type FileSource, heldSource, type OpenSource } from '../../dump/open/file-source.ts';
import { Spool } from '../../dump/open/spool.ts';
import { sniff } from '../../dump/sniff.ts';
import { InputError } from '../../dump/source.ts';
import { type Content, contentOf, MEMBER_HEAD } from './content.ts';
import type { Entry, LeftOut } from './entry.ts';
import { Budget, LIMITS, LimitError, type Limits } from './limits.ts';
import { memberPath } from './member-path.ts';
import { inArchive, Names } from './names.ts';
import { readArchive } from './read-archive.ts';
import { sectionsOf } from './sections.ts';

/** A dump or a log that was found in an archive, and where its bytes stand in the spool. */
export interface Kept {
  /** Its name in the archive; `inner.zip!name` within another. */
  readonly path: string;
  readonly content: 'dump' | 'log' | 'part';
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** Microseconds since 1970 at which it was last written. */
  readonly mtime?: number | undefined;
}

/** What an archive holds of dumps and logs. */
export interface Gathered {
  readonly kept: readonly Kept[];
  /** What could not be read, a line each. */
  readonly losses: readonly string[];
  /** Names that were looked at. */
  readonly members: number;
  /** What was left out without harm, in words: `3 links`. */
  readonly leftOut: readonly string[];
  /** The bytes of all that was kept; whoever has it closes it. */
  readonly spool: FileSource;
}

export interface GatherOptions {
  /** The one member that is asked for, or the folder in it; else all that are dumps or logs. */
  readonly wanted?: string | undefined;
  readonly limits?: Limits | undefined;
  readonly deadline?: Deadline | undefined;
}

/**
 * Looks through an archive, and the archives in it, and keeps the dumps and kernel logs. Closes nothing.
 * @throws InputError where a program for it is not installed, or the temporary space is full
 */
export async function gather(source: OpenSource, { wanted, limits = LIMITS, deadline }: GatherOptions = {}): Promise<Gathered> {
  const gatherer = new Gatherer(source, new Budget(limits, source.size, deadline), wanted);
  try {
    await gatherer.archive(source, '', 1);
    return gatherer.result();
  } catch (error) {
    gatherer.spool.close();
    throw error;
  }
}

class Gatherer {
  readonly spool: Spool;
  readonly #kept: Kept[] = [];
  readonly #names = new Names();
  readonly #losses: string[] = [];
  readonly #leftOut = new Map<LeftOut, number>();
  readonly #outside: string[] = [];
  #members = 0;

  constructor(
    source: OpenSource,
    readonly budget: Budget,
    readonly wanted: string | undefined,
  ) {
    this.spool = new Spool(source.name);
  }

  result(): Gathered {
    const outside = this.#outside.length;
    if (outside > 0)
      this.#losses.push(`${count(outside, 'name')} that lead${outside > 1 ? '' : 's'} out of the archive left out (${this.#outside[0]})`);
    const told = [...this.#leftOut].filter(([what]) => what !== 'links' && what !== 'devices');
    for (const [what, n] of told) this.#losses.push(`${n} ${n > 1 ? what : what.replace(/s\b/, '')} left out`);
    const leftOut = [...this.#leftOut].map(([what, n]) => `${n} ${n > 1 ? what : what.replace(/s\b/, '')}`);
    // all of a name, or the one that is named apart
    const asked = this.#kept.filter(({ path }) => path === this.wanted && inArchive(path) !== path);
    return {
      kept: asked.length > 0 ? asked : this.#kept,
      losses: this.#losses,
      members: this.#members,
      leftOut,
      spool: this.spool.source(),
    };
  }

  /** @param prefix what stands before the names in it: `inner.zip!` */
  async archive(source: OpenSource, prefix: string, depth: number): Promise<void> {
    const where = prefix === '' ? '' : `${prefix.slice(0, -1)}: `;
    try {
      const damage = await readArchive(source, this.budget, (entry) => this.#visit(entry, prefix, depth));
      if (damage !== undefined) this.#losses.push(`${where}the archive is damaged or cut: ${damage}`);
    } catch (error) {
      // a limit is of the whole: those around end as well
      if (error instanceof LimitError && depth > 1) throw error;
      if (error instanceof LimitError) this.#losses.push(`reading it stopped: ${error.message}`);
      else if (error instanceof InputError && depth > 1) this.#losses.push(`${where}${error.facts.sought}: ${error.facts.found}`);
      else throw error;
    }
  }

  async #visit(entry: Entry, prefix: string, depth: number): Promise<void> {
    this.budget.member();
    if (entry.kind === 'directory') return;
    this.#members++;
    const name = memberPath(entry.name);
    if (name === undefined) {
      this.#outside.push(entry.name.slice(0, 200));
      return;
    }
    if (entry.kind === 'other') {
      this.#leftOut.set(entry.what, (this.#leftOut.get(entry.what) ?? 0) + 1);
      return;
    }
    const path = prefix + name;
    const { exact, within } = this.#isWanted(path);
    if (!exact && !within) return;
    const pieces = entry.chunks[Symbol.asyncIterator]();
    try {
      const head = await headOf(pieces);
      const content = contentOf(head, path) ?? (exact ? 'log' : undefined);
      if (typeof content === 'object') this.#losses.push(`${path}: ${content.refused}`);
      else if (content !== undefined) await this.#keep({ path, content, mtime: entry.mtime, head, pieces, depth });
    } finally {
      await pieces.return?.();
    }
  }

  /** Whether a name is what is asked for, or holds it. */
  #isWanted(path: string): { exact: boolean; within: boolean } {
    const { wanted } = this;
    if (wanted === undefined) return { exact: false, within: true };
    return {
      exact: path === wanted || path === inArchive(wanted),
      within: path.startsWith(`${wanted}/`) || path.startsWith(`${wanted}!`) || wanted.startsWith(`${path}!`),
    };
  }

  async #keep({ path, content, mtime, head, pieces, depth }: Found): Promise<void> {
    if (content === 'archive' && depth >= this.budget.limits.depth) {
      this.#losses.push(`${path}: archives within archives are read to a depth of ${depth}`);
      return;
    }
    const offset = this.spool.size;
    try {
      this.spool.write(head);
      this.budget.store(this.spool.stored);
      for await (const chunk of { [Symbol.asyncIterator]: () => pieces }) {
        this.spool.write(chunk);
        this.budget.store(this.spool.stored);
      }
    } finally {
      // a limit ends it here: what came is good
      const size = this.spool.size - offset;
      if (content !== 'archive' && content !== 'sections') this.#add({ path, content, offset, size, mtime });
    }
    const size = this.spool.size - offset;
    if (content === 'archive') await this.archive(this.spool.region(path, offset, size), `${path}!`, depth + 1);
    if (content === 'sections') this.#sections(path, offset, size, mtime);
  }

  /** What commands printed stands in one file, each under its head. */
  #sections(path: string, offset: number, size: number, mtime: number | undefined): void {
    const file = this.spool.region(path, offset, size);
    for (const section of sectionsOf(file)) {
      const name = `${path}!${section.name}`;
      const { exact, within } = this.#isWanted(name);
      const head = file.read(section.offset, MEMBER_HEAD);
      if ((exact || within) && (exact || contentOf(head, section.name) === 'log'))
        this.#add({ path: name, content: 'log', offset: offset + section.offset, size: section.size, mtime });
    }
  }

  #add(kept: Kept): void {
    // the parts of one pstore are one input, in which their names count
    this.#kept.push(kept.content === 'part' ? kept : { ...kept, path: this.#names.apart(kept.path) });
    this.budget.keep();
  }
}

interface Found {
  readonly path: string;
  readonly content: Exclude<Content, undefined | { readonly refused: string }>;
  readonly mtime: number | undefined;
  readonly head: Buffer;
  readonly pieces: AsyncIterator<Buffer>;
  readonly depth: number;
}

/** Bytes that tell of most members what they are; what is compressed takes {@link MEMBER_HEAD}. */
const FIRST_LOOK = 1 << 16;

async function headOf(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  const few = await bytesOf(pieces, FIRST_LOOK);
  if (few.length < FIRST_LOOK || sniff(few)?.kind !== 'wrapper') return few;
  return Buffer.concat([few, await bytesOf(pieces, MEMBER_HEAD - few.length)]);
}

async function bytesOf(pieces: AsyncIterator<Buffer>, wanted: number): Promise<Buffer> {
  const head: Buffer[] = [];
  for (let bytes = 0; bytes < wanted; ) {
    const { done, value } = await pieces.next();
    if (done) break;
    head.push(Buffer.from(value));
    bytes += value.length;
  }
  return Buffer.concat(head);
}

const count = (n: number, what: string): string => `${n} ${what}${n > 1 ? 's' : ''}`;

/** The bytes of what was kept, as a file of their own. */
export const keptSource = (spool: FileSource, { path, offset, size }: Kept): FileSource =>
  heldSource(path, { fd: spool.fd, offset: spool.base + offset, size });
