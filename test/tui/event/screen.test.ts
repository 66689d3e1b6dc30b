// The screen of one event, drawn as text: what its tabs say, that every line fits, and where keys lead.
import { readdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { KINDS } from '../../../src/event/kinds.ts';
import { factsOf } from '../../../src/tui/event/facts/kinds.ts';
import type { EventPlace, LogPlace } from '../../../src/tui/state/place.ts';
import { golden } from '../../support/golden.ts';
import { oopsLog } from '../../support/sample-logs.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOf, sourceOfLog } from '../../support/screens.ts';

const SAMPLE = 'samples/x86_64-6.1-odd-records/vmcore';
const LOGS = 'test/golden/events';

const fault = await sourceOf(SAMPLE);
const faultId = fault.events.find(({ kind }) => kind === 'null-dereference')!.id;

for (const [key, tab] of ['trace', 'registers', 'code', 'modules', 'related', 'raw'].entries()) {
  test(`an oops of a dump: [${key + 1}] ${tab}`, () => {
    const screens = Screens.ofEvent(fault, faultId);
    golden(
      `screens/event-oops-${tab}.txt`,
      SIZES.map((size) =>
        screens
          .resize(size)
          .press(`${key + 1}`)
          .snapshot(),
      ).join('\n'),
    );
  });
}

/** Kind of event, log of test/golden/events that has it, tab that is looked at. */
const OTHERS: readonly (readonly [kind: string, log: string, tab: string])[] = [
  ['hung-task', 'stall-hung-blocker-7.0', '1'],
  ['soft-lockup', 'stall-soft-lockup-all-cpus-6.12', '1'],
  ['hard-lockup', 'stall-hard-lockup-buddy-6.6', '2'],
  ['rcu-stall', 'stall-rcu-starved-6.1', '2'],
  ['workqueue-lockup', 'stall-workqueue-6.6', '2'],
  ['lockdep', 'lock-circular-6.6', '2'],
  ['kasan', 'kasan-6.12', '1'],
  ['warning', 'warn-x86-7', '1'],
  ['stack-overflow', 'stack-overflow-arm64-6.12', '2'],
  ['hardware-error', 'hw-mce-x86-6.1', '1'],
  ['filesystem-error', 'hw-ext4-block-x86-6.1', '1'],
  ['user-fault', 'hw-user-x86-6.1', '1'],
];
for (const [kind, log, tab] of OTHERS) {
  test(`${kind}: tab ${tab}`, async () => {
    const source = await sourceOf(`${LOGS}/${log}.log`);
    const screens = Screens.ofEvent(source, source.events.find((event) => event.kind === kind)!.id);
    golden(`screens/event-${kind}.txt`, SIZES.map((size) => screens.resize(size).press(tab).snapshot()).join('\n'));
  });
}

test('in ASCII and without colours the same is told', () => {
  const screens = Screens.ofEvent(fault, faultId, SIZES[0], ASCII);
  golden('screens/event-oops-ascii.txt', ['1', '2', '3'].map((key) => screens.press(key).snapshot()).join('\n'));
});

test('every tab of every event keeps to every terminal', async () => {
  const logs = readdirSync(LOGS).filter((file) => file.endsWith('.log'));
  for (const log of logs) {
    const source = await sourceOf(`${LOGS}/${log}`);
    for (const { id } of source.events) {
      for (const [n, size] of SIZES.entries()) {
        const screens = Screens.ofEvent(source, id, size, n === 2 ? ASCII : PLAIN);
        screens.press('u').painted();
        const { tab } = screens.press('shift-tab').place as EventPlace;
        for (let key = 1; key <= tab + 1; key++) screens.press(`${key}`, 'G').painted();
      }
    }
  }
});

test('an oops has its six tabs, with a sentence where the report holds none', async () => {
  const source = await sourceOf(`${LOGS}/cut-after-head.log`);
  const screens = Screens.ofEvent(source, source.events[0]!.id);
  assert.match(screens.text(), /\[1\]Trace──\[2\]Registers──\[3\]Code──\[4\]Modules──\[5\]Related──\[6\]Raw/);
  for (const key of ['1', '2', '3', '4'])
    assert.match(screens.press(key).text(), /No (stack|registers|code bytes|list of modules) w(as|ere) printed/);
});

test('other kinds have the tabs that they have something for, numbered in sequence', async () => {
  const source = await sourceOf(`${LOGS}/hw-mce-x86-6.1.log`);
  assert.match(Screens.ofEvent(source, source.events[0]!.id).text(), /─\[1\]Details──\[2\]Related──\[3\]Raw─/);
});

test('tabs by number, Tab and Shift-Tab; a number without a tab does nothing', () => {
  const screens = Screens.ofEvent(fault, faultId);
  const after = (...keys: readonly string[]): number => (screens.press(...keys).place as EventPlace).tab;
  assert.is(after('3'), 2);
  assert.is(after('tab'), 3);
  assert.is(after('shift-tab', 'shift-tab'), 1);
  assert.is(after('9'), 1);
});

/** The text of the record under the log's cursor. */
const logText = (screens: Screens): string => {
  const place = screens.place as LogPlace;
  assert.is(place.screen, 'log');
  return fault.records.text(place.at);
};

test('enter on a frame leads to its line of the log, and back to the frame', () => {
  const screens = Screens.ofEvent(fault, faultId);
  screens.press('enter');
  assert.match(logText(screens), /^RIP: .*fault_null\+0x5/);
  screens.press('q');
  assert.is(screens.place.cursor, 0);
  screens.press('j', 'j', 'enter');
  assert.match(logText(screens), /^ driver_xyz_process\+0x12\/0x20/);
});

test('enter on registers, code and modules leads to their lines', () => {
  for (const [tab, down, line] of [
    ['2', ['j'], /RSP: /],
    ['3', [], /^Code: /],
    ['4', ['j'], /^Modules linked in/],
  ] as const) {
    const screens = Screens.ofEvent(fault, faultId).press(tab, ...down, 'enter');
    assert.match(logText(screens), line);
  }
});

/** Down to the row that the pattern finds in the event's last tab of that name, and enter. */
function enterOn(screens: Screens, tab: string, row: RegExp): Screens {
  const key = new RegExp(`\\[(\\d)\\]${tab}`).exec(screens.text())?.[1];
  assert.ok(key !== undefined, `${tab} is not among the tabs`);
  screens.press(key);
  for (let i = 0; i < 100; i++) {
    const text = screens.press('y').effects.at(-1);
    if (text?.kind === 'copy' && row.test(text.text)) return screens.press('enter');
    screens.press('j');
  }
  throw new Error(`no row ${row} in ${tab}`);
}

test('enter on a value leads to the record that the event names for it', async () => {
  for (const [log, tab, row, record] of [
    ['oops-null-write-x86-6.1', 'Details', /^1$/, /^Oops: .*\[#1\]/],
    ['oops-null-write-x86-6.1', 'Trace', /^driver_xyz_process/, /^ driver_xyz_process\+/],
    ['oops-null-write-x86-6.1', 'Registers', /^RSP /, /^RSP: /],
    ['lock-circular-6.6', 'Locks', /^\(&buf->lock\)|^ffff888104a1c140/, /^ffff888104a1c140 .*at: xyz_suspend/],
    ['lock-circular-6.6', 'Locks', /^ *lock\(&xyz->queue_lock\)/, /^ +lock\(&xyz->queue_lock\);/],
    ['lock-circular-6.6', 'Details', /possible circular/, /^WARNING: possible circular/],
  ] as const) {
    const source = await sourceOf(`${LOGS}/${log}.log`);
    const screens = enterOn(Screens.ofEvent(source, 'E1', { columns: 160, rows: 50 }), tab, row);
    assert.is(screens.place.screen, 'log', `${log} ${tab} ${row}`);
    assert.match(source.records.text((screens.place as LogPlace).at), record);
  }
});

test('enter on what no record says stays', () => {
  const screens = Screens.ofEvent(fault, faultId).press('6', 'G', 'enter');
  assert.is(screens.place.screen, 'event');
  assert.match(screens.text(), /no record says this line/);
});

test('u shows the frames that the kernel was not sure of, and all instructions', () => {
  const screens = Screens.ofEvent(fault, faultId);
  assert.match(screens.text(), /2 unreliable \(\?\) frames in 2 places hidden — \[u\] show/);
  const shown = screens.press('u').text();
  assert.not.match(shown, /hidden/);
  assert.match(shown, /\n +\? +rescuer_thread/);
  assert.match(screens.press('u', '3').text(), /7 instructions before it hidden/);
  assert.not.match(screens.press('u').text(), /hidden/);
});

test('[ and ] go to the events before and after in the same tab; { and } to sections', async () => {
  const screens = Screens.ofEvent(fault, 'E1').press('4', ']', ']');
  assert.is((screens.place as EventPlace).event, faultId);
  assert.match(screens.press('[', '[').text(), /event 1\/3/);
  const source = await sourceOf(`${LOGS}/kasan-6.12.log`);
  const stacks = Screens.ofEvent(source, 'E1').press('}');
  assert.match(
    stacks
      .press('y')
      .effects.map((effect) => (effect.kind === 'copy' ? effect.text : ''))
      .join(),
    /^Allocated by task 5830/,
  );
  assert.ok(stacks.press('}').place.cursor > stacks.press('{').place.cursor);
});

test('y copies a frame without decoration', () => {
  const screens = Screens.ofEvent(fault, faultId).press('y');
  assert.equal(screens.effects, [{ kind: 'copy', text: 'fault_null+0x5/0x20 [driver_xyz]', what: 'the line' }]);
});

test('every kind of event has facts, the most needed first', () => {
  for (const kind of KINDS) assert.ok(factsOf(kind).length > 0, kind);
});

test('what a log says acts on no terminal', async () => {
  const hostile = oopsLog
    .replaceAll('driver_xyz_process', 'driver\x1b[31m_xyz\x9b_process')
    .replaceAll('kworker/u16:3', '\x1b]0;x\x07\xe2\x80\xae')
    .replaceAll('RAX: 0000000000000000', 'RAX: 00000000\x1b[2J');
  const source = await sourceOfLog(hostile);
  for (const { id } of source.events) {
    const screens = Screens.ofEvent(source, id, SIZES[0], ASCII);
    for (const key of '12345678') screens.press(key).painted();
  }
});

test.run();
