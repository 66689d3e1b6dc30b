import { fromPart } from './from-part.ts';
import { kmemAddress } from './kmem-address.ts';
import { kmemLayout } from './layout/memory.ts';
import type { CrashCommand } from './session.ts';

/** crash's -S lists the objects of each slab too; the part knows -s, and no names. */
const kmemArguments = (args: readonly string[]): readonly string[] =>
  args.filter((arg) => arg.startsWith('-')).map((flag) => (flag === '-S' ? '-s' : flag));

const TABLES = fromPart('kmem', { adapt: kmemArguments, layout: kmemLayout });

export const KMEM: CrashCommand = {
  name: 'kmem',
  usage: 'kmem -i|-s|-S|-z [CACHE], kmem ADDR|SYMBOL…',
  about: 'memory as a whole, slab caches, zones; of an address its symbol, slab, task and page',
  run(session, args) {
    const addresses = args.filter((arg) => !arg.startsWith('-'));
    const isTable = args.some((arg) => arg.startsWith('-'));
    if (isTable || addresses.length === 0) return TABLES.run(session, args);
    return addresses.map((text) => kmemAddress(session, text)).join('\n');
  },
};
