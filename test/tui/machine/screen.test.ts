// The Machine screen over a real dump: what its memory says beyond its log.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Source } from '../../../src/tui/data/source.ts';
import { golden } from '../../support/golden.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOf } from '../../support/screens.ts';

const DUMP = 'test/golden/inspect/rich-stuck-disk-6.1.vmcore';
const source = await sourceOf(DUMP);

for (const size of SIZES) {
  test(`its tabs, ${size.columns}x${size.rows}`, () => {
    const screens = new Screens([source], PLAIN, size).press('i');
    assert.is(screens.place.screen, 'machine');
    const shown = ['1', '2', '3', '4', '5'].map((tab) => screens.press(tab).text());
    golden(`screens/machine-${size.columns}x${size.rows}.txt`, shown.join(`\n${'='.repeat(size.columns)}\n`));
  });
}

test('of a kernel without types nothing is said not to be there', () => {
  const reason = 'tasks and memory: this kernel was built without CONFIG_KALLSYMS_ALL';
  const bare = new Source('bare.vmcore');
  const facts = { cpus: [], stuck: [], memory: [], largest: [], unknown: [reason] };
  bare.take({ kind: 'machine', machine: { facts, tables: { tasks: [], modules: [] } } });
  const screens = new Screens([bare], PLAIN, { columns: 120, rows: 30 }).press('i');
  for (const tab of ['1', '2', '3', '4', '5']) {
    assert.match(screens.press(tab).text(), new RegExp(`not known: ${reason}`));
    assert.not.match(screens.text(), /no task|no CPU|no module/);
  }
});

test('in ASCII too', () => {
  const text = new Screens([source], ASCII).press('i', '4').text();
  assert.not.match(text, /[^\x00-\x7f]/);
});

test('enter leads to the event of the task, q back; s sorts tasks, f filters, / finds', () => {
  const screens = new Screens([source]).press('i', '1', 'j', 'j');
  while (
    !screens
      .text()
      .split('\n')
      .some((line) => line.includes('init[1]'))
  )
    screens.press('j');
  screens.press('/', 'p', 'a', 'n', 'i', 'c', 'k', 'e', 'd', 'enter', 'enter');
  assert.is(screens.place.screen, 'event');
  screens.press('q', '3', 's');
  assert.match(screens.text(), /sort: memory/);
  const first = screens
    .text()
    .split('\n')
    .find((line) => /java/.test(line));
  assert.match(first ?? '', /^ +142 /);
  screens.press('f', 'j', 'b', 'd', '2', 'enter');
  assert.match(screens.text(), / 1\/1$/m);
});

test('what the dump’s memory says reaches the incidents that are shown', () => {
  assert.ok(source.machine);
  assert.ok(source.incidents.every(({ nextSteps }) => nextSteps.every(({ command }) => command !== 'sys')));
});

test('a dump cut to its log says so, in a line', async () => {
  const screens = new Screens([await sourceOf('samples/x86_64-6.1-odd-records/vmcore')]).press('i');
  assert.match(screens.text(), /this dump does not hold the kernel’s symbols and types/);
  assert.match(new Screens([await sourceOf('samples/x86_64-6.1-odd-records/dmesg.txt')]).press('i').text(), /this is a log/);
});

test.run();
