import { type FileSource, heldSource } from '../../dump/open/file-source.ts';
import type { Found } from './arrange.ts';
import { contentOf, MEMBER_HEAD } from './content.ts';
import { Names } from './names.ts';
import { sectionsOf } from './sections.ts';

/** The kernel logs in one of supportconfig's files, which stays open for them. @param path its name among the files that are looked at */
export function logsInSections(file: FileSource, path: string): Found[] {
  const names = new Names();
  return sectionsOf(file)
    .filter(({ name, offset }) => contentOf(file.read(offset, MEMBER_HEAD), name) === 'log')
    .map(({ name: said, offset, size }) => {
      const name = names.apart(said);
      const held = { fd: file.fd, offset: file.base + offset, size };
      return { path: `${path}!${name}`, content: 'log', file: { name: `${file.name}!${name}`, held }, open: () => heldSource(name, held) };
    });
}
