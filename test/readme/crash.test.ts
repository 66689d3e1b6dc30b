// README lists what crash has and `lastkmsg crash` has not: `npm test -- --update readme` writes it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ABSENT } from '../../src/cli/crash/absent.ts';
import { COMMANDS } from '../../src/cli/crash/commands.ts';
import { section } from './sections.ts';

/** What `help` of crash 8.0.2 lists, but for `*`, `help` and `q`. */
const OF_CRASH =
  'alias ascii bpf bt btop dev dis eval exit extend files foreach fuser gdb ipcs irq kmem list log mach mod mount net p ps pte ptob ptov rd repeat runq ' +
  'sbitmapq search set sig struct swap sym sys task timer tree union vm vtop waitq whatis wr';

test('the commands that are not here, and what to use', () => {
  const rows = [...ABSENT].map(([name, instead]) => `| \`${name}\` | ${instead.replaceAll('|', '\\|')} |`);
  section('crash', 'test/readme/crash.test.ts', ['| crash | here |', '|---|---|', ...rows].join('\n'), 'src/cli/crash/README.md');
});

test('every command of crash is here, or said not to be', () => {
  const known = new Set([...COMMANDS.map(({ name }) => name), ...ABSENT.keys(), 'exit']);
  assert.equal(
    OF_CRASH.split(' ').filter((name) => !known.has(name)),
    [],
  );
  assert.equal(
    COMMANDS.map(({ name }) => name).filter((name) => ABSENT.has(name)),
    [],
  );
});

test.run();
