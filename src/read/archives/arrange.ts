import type { FileSource } from '../../dump/open/file-source.ts';
import { identityOf } from '../../dump/open/split-identity.ts';
import type { InputFile, InputGroup } from '../inputs/input-file.ts';
import { rankOf } from './places.ts';
import { copiesOf } from './same-log.ts';

/** A dump, a log or a part of one that was found among other files. */
export interface Found {
  /** Its name there. */
  readonly path: string;
  readonly content: 'dump' | 'log' | 'part';
  readonly file: InputFile;
  /** Its bytes, for a look; whoever opens it closes it. */
  open(): FileSource;
}

/** What was found as inputs, in the order in which they are told. */
export interface Arranged {
  readonly groups: readonly InputGroup[];
  /** Logs that say what another says, and which: paths. */
  readonly copies: ReadonlyMap<string, string>;
}

/** Known places first, one log once, the members of one dump and the parts of one pstore together. */
export function arrange(found: readonly Found[]): Arranged {
  const ordered = [...found].sort((a, b) => rankOf(a.path) - rankOf(b.path) || (a.path < b.path ? -1 : 1));
  const copies = copiesOf(ordered.filter(({ content }) => content === 'log'));
  const groups = new Map<string, Found[]>();
  for (const one of ordered) {
    if (copies.has(one.path)) continue;
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return {
    groups: [...groups.values()].map((group) => (group[0]?.content === 'part' ? [pstoreOf(group)] : group.map(({ file }) => file))),
    copies,
  };
}

/** What is found with the same key makes one input. */
function keyOf(one: Found): string {
  if (one.content === 'part') return `pstore ${directoryOf(one.path)}`;
  const identity = one.content === 'dump' ? looked(one, identityOf) : undefined;
  return identity === undefined ? `file ${one.path}` : `set ${identity}`;
}

function looked<T>(one: Found, look: (source: FileSource) => T): T {
  const source = one.open();
  try {
    return look(source);
  } finally {
    source.close();
  }
}

/** systemd-pstore keeps the parts of each second in a folder of their own. */
const directoryOf = (name: string): string => name.replace(/\/?[^/!]*$/, '').replace(/\/\d{9,}$/, '');

/** The parts as one input: by their folder's name where they are files, else by where they were put. */
function pstoreOf(parts: readonly Found[]): InputFile {
  const name = directoryOf(parts[0]?.file.name ?? '').replace(/!$/, '');
  const held = parts.flatMap(({ file }) => (file.held ? [{ name: file.name.slice(file.name.lastIndexOf('/') + 1), held: file.held }] : []));
  return held.length > 0 ? { name, parts: held } : { name };
}
