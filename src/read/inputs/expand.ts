import { existsSync, statSync } from 'node:fs';
import { type FileSource, type OpenSource, openFile } from '../../dump/open/file-source.ts';
import { HEAD } from '../../dump/open/head.ts';
import { isArchive } from '../../dump/open/is-archive.ts';
import { sniff } from '../../dump/sniff.ts';
import { InputError } from '../../dump/source.ts';
import { mayHoldPanicCode } from '../../text/panic-code/may-hold.ts';
import type { Expansion } from '../archives/expansion.ts';
import { isSectioned } from '../archives/sections.ts';
import { isSupportTree } from '../archives/support-tree.ts';
import { isDumpForm } from './form.ts';
import type { InputOptions } from './input.ts';
import type { InputGroup } from './input-file.ts';
import { openPipe } from './pipe.ts';

export interface ExpandOptions extends InputOptions {
  /** Leaves pipes alone: who cannot wait for their first bytes opens them as what they are. */
  readonly skipPipes?: boolean | undefined;
  /** Told of an archive before it is looked through, which may take its time. */
  readonly onArchive?: ((name: string) => void) | undefined;
}

/** As much of a text as shows whether it has supportconfig's sections. */
const TEXT_HEAD = 1 << 16;

/**
 * The inputs that a FILE holds: those in an archive or a support tool's directory, else the FILE itself.
 * @throws InputError where there is nothing to read in an archive
 */
export async function expand(group: InputGroup, options: ExpandOptions = {}): Promise<Expansion> {
  const [file] = group;
  if (
    file === undefined ||
    group.length > 1 ||
    file.held ||
    file.at !== undefined ||
    file.leftOut !== undefined ||
    isDumpForm(options.form)
  )
    return itself(group);
  const { name } = file;
  const stat = name === '-' ? undefined : statSync(name, { throwIfNoEntry: false });
  if (name === '-' || stat?.isFIFO()) return options.skipPipes || options.form !== undefined ? itself(group) : expandPipe(name, options);
  if (stat?.isDirectory()) return isSupportTree(name) ? tree(name, options) : itself(group);
  if (stat === undefined) return mayHoldPanicCode(name) ? itself([{ name: 'panic code', text: name }]) : expandMember(group, name, options);
  if (!stat.isFile()) return itself(group);
  const source = openFile(name);
  try {
    if (await isArchive(source)) {
      options.onArchive?.(name);
      return await archive(name, source, options);
    }
    return isSectionedFile(source) ? await sections(group, openFile(name)) : itself(group);
  } finally {
    source.close();
  }
}

const itself = (group: InputGroup): Expansion => ({ groups: [group], losses: [], notes: [], close: () => undefined });

async function archive(name: string, source: OpenSource, { deadline }: ExpandOptions, wanted?: string): Promise<Expansion> {
  const { expandArchive } = await import('../archives/look-inside.ts');
  const expansion = await expandArchive(name, source, { wanted, deadline });
  if (expansion.groups.length > 0) return expansion;
  expansion.close();
  const why = expansion.losses.map((line) => line.slice(name.length + 2));
  const sought = wanted === undefined ? 'dumps or kernel logs in this archive' : `${wanted} in this archive`;
  throw new InputError({ file: name, sought, found: [`none in ${expansion.looked}`, ...why].join('; ') });
}

async function tree(name: string, { deadline }: ExpandOptions): Promise<Expansion> {
  const { expandTree } = await import('../archives/look-inside.ts');
  const expansion = await expandTree(name, deadline);
  if (expansion.groups.length > 0) return expansion;
  expansion.close();
  throw new InputError({ file: name, sought: 'dumps or kernel logs in this support report', found: 'none' });
}

/** A file of supportconfig; one without a kernel log in it is read as any text. */
async function sections(group: InputGroup, source: FileSource, wanted?: string): Promise<Expansion> {
  const { logsInSections } = await import('../archives/look-inside.ts');
  const { arrange } = await import('../archives/look-inside.ts');
  const logs = logsInSections(source, source.name).filter(({ path }) => wanted === undefined || path === wanted);
  const { groups, copies } = arrange(logs);
  const notes = [...copies].map(([copy, of]) => `${copy}: the same log as ${of}, left out`);
  if (groups.length > 0) return { groups, losses: [], notes, close: () => source.close() };
  source.close();
  return itself(group);
}

function isSectionedFile(source: FileSource): boolean {
  return sniff(source.read(0, HEAD)) === undefined && isSectioned(source.read(0, TEXT_HEAD).toString('latin1'));
}

/** `archive!member`, as members are shown; what is no such name is left for opening it to say why. */
async function expandMember(group: InputGroup, name: string, options: ExpandOptions): Promise<Expansion> {
  for (let at = name.indexOf('!'); at > 0; at = name.indexOf('!', at + 1)) {
    const file = name.slice(0, at);
    if (!existsSync(file) || !statSync(file).isFile()) continue;
    const source = openFile(file);
    try {
      if (await isArchive(source)) return await archive(file, source, options, name.slice(at + 1));
      if (isSectionedFile(source)) return await sections(group, openFile(file), name);
    } finally {
      source.close();
    }
  }
  return itself(group);
}

/** An archive in a pipe is kept like a dump; of anything else only the first bytes have been read. */
async function expandPipe(name: string, options: ExpandOptions): Promise<Expansion> {
  const pipe = await openPipe(name, false, options.deadline);
  if (pipe.kind === 'stream' || !(await isArchive(pipe.source))) return itself([{ name, pipe }]);
  try {
    return await archive(name, pipe.source, options);
  } finally {
    pipe.source.close();
  }
}
