import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../../src/text/reader.ts';

const LOG = [
  'Linux version 6.1.0-56-amd64 (gcc-12) #1 SMP',
  'x: option "quiet" of 2, and ""',
  'ACPI: RSDP 0x00000000000F5AD0 000014',
  'usb 1-1: new high-speed USB device number 2',
  'random: crng init done',
  'BUG: kernel NULL pointer dereference, address: 0000000000000010',
  '#PF: supervisor write access in kernel mode',
  'CPU: 0 PID: 30 Comm: kworker/u4:1 Not tainted 6.1.0-56-amd64 #1',
  'RIP: 0010:fault_nullwrite+0x5/0x20 [driver_xyz]',
  'Call Trace:',
  ' <TASK>',
  ' driver_xyz_work+0x1a/0x30 [driver_xyz]',
  ' </TASK>',
  '---[ end trace 0000000000000000 ]---',
];
const AT = '2026-11-22T22:06:37.000Z';

function read(lines: readonly string[], cut = 1 << 20) {
  const reader = new TextReader({ name: 'log', asOf: Date.UTC(2026, 11, 1) * 1000 });
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const records = [];
  for (let at = 0; at < bytes.length; at += cut) records.push(...reader.push(bytes.subarray(at, at + cut)));
  return { records: [...records, ...reader.end()], reader };
}

const texts = (lines: readonly string[]): string[] => read(lines).records.map(({ text }) => text);
const csv = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What programs make of a log, and the wall time of its lines, where they keep one. */
const FRAMES: Readonly<Record<string, readonly [wrap: (text: string) => string, time?: string]>> = {
  'CSV, quoted': [(text) => `"2026-11-22T22:06:37.000Z","web01",${csv(text)}`, AT],
  'CSV, the text in the middle': [(text) => `2026-11-22 22:06:37,${csv(text)},"web01","kern"`, AT],
  'CSV of a spreadsheet': [(text) => `22.11.2026 22:06:37;web01;kern;${text}`, AT],
  logfmt: [(text) => `ts=2026-11-22T22:06:37Z facility=kern message=${JSON.stringify(text)}`, AT],
  'label sets': [(text) => `2026-11-22T22:06:37Z {host="web01", job="kern"} ${text}`, AT],
  'table of a database': [(text) => `| 2026-11-22 22:06:37 | web01 | ${text.padEnd(80)} |`, AT],
  'microseconds since 1970': [(text) => `1795385197000000\t${text}`, AT],
  TAI64N: [(text) => `@400000006b036777${'0'.repeat(8)} ${text}`, AT],
  svlogd: [(text) => `2026-11-22_22:06:37.00000 ${text}`, AT],
  'a switch': [(text) => `2026 Nov 22 22:06:37 sw1 %KERN-3-SYSTEM_MSG: ${text} - kernel`, AT],
  'a severity before the tag': [(text) => `Nov 22 22:06:37 lb1 warning kernel: ${text}`, AT],
  'columns of blanks': [(text) => `warn${text.length % 2 ? 'ing' : ''}    console ${text}`.replace(/^warning {4}/, 'warning ')],
  klog: [(text) => `I1122 22:06:37.000000       1 kmsg_parser.go:123] ${text}`],
  'a test runner': [(text) => `11/22 22:06:37.000 DEBUG|  utils:0221| [stdout] ${text}`],
  'a virtual machine': [(text) => `2026-11-22T22:06:37.000Z| vcpu-0| I005: Guest: ${text}`, AT],
  patch: [(text) => `+${text}`],
  'strings of a program': [(text) => `    ${JSON.stringify(`${text}\n`)},`],
  chat: [(text) => `22:06 <alice> ${text}`],
};

for (const [name, [wrap, time]] of Object.entries(FRAMES)) {
  test(name, () => {
    const { records } = read(LOG.map(wrap));
    assert.equal(
      records.map(({ text }) => text),
      LOG,
    );
    const usec = time === undefined ? undefined : Date.parse(time) * 1000;
    for (const record of records) assert.is(record.wall?.usec, usec);
  });
}

test('any pieces give the same records', () => {
  const lines = LOG.map((text) => `"2026-11-22T22:06:37.000Z","web01",${csv(text)}`);
  const whole = read(lines).records;
  for (const cut of [1, 7, 64]) assert.equal(read(lines, cut).records, whole);
});

test("a column that says `kernel` tells the kernel's lines from others", () => {
  const lines = LOG.flatMap((text, i) => [`22:06:37 web01 kernel | ${text}`, `22:06:37 web01 shop | BUG: order ${i} is lost`]);
  assert.equal(texts(lines), LOG);
});

test('a heading and rows of another sort stay as they are', () => {
  const lines = ['Time;Host;Text', ...LOG.map((text) => `22.11.2026 22:06:37;web01;${text}`), '(14 rows)'];
  assert.equal(texts(lines), ['Time;Host;Text', ...LOG, '(14 rows)']);
});

/** What is no kernel's log, though each holds words of one. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'a list of tickets': Array.from(
    { length: 60 },
    (_, i) => `${i};22.11.2026 22:06:37;${['Kernel panic on db7', 'BUG: cart empty', 'disk full'][i % 3]}`,
  ),
  'a notebook': Array.from({ length: 60 }, (_, i) => `2026-11-22 22:06:37,kernel,Kernel ${i} restarted: BUG report saved`),
  units: Array.from({ length: 60 }, (_, i) => `node3 | Nov 22 22:06:37 systemd[1]: Started unit-${i}.service - A unit.`),
  'a service': Array.from(
    { length: 60 },
    (_, i) => `"2026-11-22T22:06:37Z","api","${i % 9 ? `request ${i}` : 'panic: runtime error: Out of memory'}"`,
  ),
};

for (const [name, lines] of Object.entries(OTHERS))
  test(`${name} is no log of a kernel`, () => {
    const { records, reader } = read(lines);
    assert.is(records.length, lines.length);
    assert.is(reader.counts.kernel, 0);
  });

/** What dmesg itself puts before a line. */
const DMESG: Readonly<Record<string, (text: string) => string>> = {
  'dmesg -x without times': (text) => `kern  :warn  : ${text}`,
  'dmesg -x with times of ISO 8601': (text) => `kern  :warn  : 2026-11-22T22:06:37,000000+00:00 ${text}`,
  'dmesg -x, painted': (text) => `kern  :warn  : \x1b[32m[Sun Nov 22 22:06:37 2026] \x1b[0m${text}`,
};

for (const [name, wrap] of Object.entries(DMESG))
  test(`${name} is read as what it is, not as a frame`, () => {
    const { records } = read(LOG.map(wrap));
    assert.equal(
      records.map(({ text, level }) => `${level} ${text}`),
      LOG.map((text) => `4 ${text}`),
    );
  });

test.run();
