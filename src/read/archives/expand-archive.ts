import type { OpenSource } from '../../dump/open/file-source.ts';
import { arrange } from './arrange.ts';
import type { Expansion } from './expansion.ts';
import { type GatherOptions, gather, type Kept, keptSource } from './gather.ts';

/** The dumps and kernel logs in an archive; `looked` says at how many files, and of what kind, where there is none. */
export interface ArchiveExpansion extends Expansion {
  readonly looked: string;
}

/** @throws InputError where a program for the archive is not installed, or the temporary space is full */
export async function expandArchive(name: string, source: OpenSource, options: GatherOptions = {}): Promise<ArchiveExpansion> {
  const { kept, losses, members, leftOut, spool } = await gather(source, options);
  const close = (): void => spool.close();
  try {
    const fileOf = ({ path, content, offset, size, mtime }: Kept) => ({
      name: `${name}!${path}`,
      isDump: content === 'dump',
      held: { fd: spool.fd, offset: spool.base + offset, size, mtime },
    });
    const found = kept.map((one) => ({ path: one.path, content: one.content, file: fileOf(one), open: () => keptSource(spool, one) }));
    const { groups, copies } = arrange(found);
    return {
      groups,
      losses: losses.map((line) => `${name}: ${line}`),
      notes: [...copies].map(([copy, of]) => `${name}!${copy}: the same log as ${of}, left out`),
      looked: `${members} file${members === 1 ? '' : 's'}${leftOut.length > 0 ? ` (${leftOut.join(', ')})` : ''}`,
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
