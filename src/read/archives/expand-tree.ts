import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Deadline, isOver, stoppedAfter } from '../../dump/open/deadline.ts';
import { type FileSource, openFile } from '../../dump/open/file-source.ts';
import { arrange, type Found } from './arrange.ts';
import { contentOf, MEMBER_HEAD } from './content.ts';
import { expandArchive } from './expand-archive.ts';
import { logsInSections } from './expand-sections.ts';
import type { Expansion } from './expansion.ts';

/** sos keeps var/crash/HOST-DATE/vmcore four folders deep. */
const MAX_DEPTH = 12;
const MAX_FILES = 200_000;

/** The dumps and kernel logs in an unpacked sos report or supportconfig, archives in it among them. */
export async function expandTree(dir: string, deadline?: Deadline, most = MAX_FILES): Promise<Expansion> {
  const tree = new Tree(dir, deadline);
  try {
    const { files, isCut } = filesIn(dir, most);
    if (isCut) tree.lose(`more than ${most} files, or folders more than ${MAX_DEPTH} deep: the rest is not looked at`);
    for (const path of files) {
      await tree.see(path);
      if (isOver(deadline)) {
        if (deadline) tree.lose(`looking through it ${stoppedAfter(deadline)}`);
        break;
      }
    }
    return tree.result();
  } catch (error) {
    tree.close();
    throw error;
  }
}

class Tree {
  readonly #found: Found[] = [];
  readonly #inside: Expansion[] = [];
  readonly #losses: string[] = [];
  /** Files of which only stretches are read. */
  readonly #held: FileSource[] = [];

  constructor(
    readonly dir: string,
    readonly deadline: Deadline | undefined,
  ) {}

  lose(what: string): void {
    this.#losses.push(`${this.dir}: ${what}`);
  }

  async see(path: string): Promise<void> {
    const name = join(this.dir, path);
    let file: FileSource;
    try {
      file = openFile(name);
    } catch (error) {
      this.#losses.push((error as Error).message);
      return;
    }
    const isHeld = await this.#take(file, path);
    if (isHeld) this.#held.push(file);
    else file.close();
  }

  /** @returns whether the file is to stay open */
  async #take(file: FileSource, path: string): Promise<boolean> {
    const content = contentOf(file.read(0, MEMBER_HEAD), path);
    if (content === undefined) return false;
    if (content === 'sections') {
      const logs = logsInSections(file, path);
      this.#found.push(...logs);
      return logs.length > 0;
    }
    if (content === 'archive') this.#inside.push(await expandArchive(file.name, file, { deadline: this.deadline }));
    else if (typeof content === 'object') this.#losses.push(`${file.name}: ${content.refused}`);
    else this.#found.push({ path, content, file: { name: file.name, isDump: content === 'dump' }, open: () => openFile(file.name) });
    return false;
  }

  result(): Expansion {
    const { groups, copies } = arrange(this.#found);
    const notes = [...copies].map(([copy, of]) => `${join(this.dir, copy)}: the same log as ${of}, left out`);
    return {
      groups: [...groups, ...this.#inside.flatMap((each) => each.groups)],
      losses: [...this.#losses, ...this.#inside.flatMap((each) => each.losses)],
      notes: [...notes, ...this.#inside.flatMap((each) => each.notes)],
      close: () => this.close(),
    };
  }

  close(): void {
    for (const each of [...this.#held, ...this.#inside]) each.close();
  }
}

/** Files below a directory, by name. What is a link stands somewhere else in the tree, or out of it. */
function filesIn(dir: string, most: number): { files: readonly string[]; isCut: boolean } {
  const files: string[] = [];
  let isCut = false;
  const walk = (below: string, depth: number): void => {
    for (const entry of entriesOf(join(dir, below))) {
      if (files.length >= most) {
        isCut = true;
        return;
      }
      const path = join(below, entry.name);
      if (entry.isDirectory() && depth < MAX_DEPTH) walk(path, depth + 1);
      else if (entry.isDirectory()) isCut = true;
      else if (entry.isFile()) files.push(path);
    }
  };
  walk('', 1);
  return { files, isCut };
}

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
