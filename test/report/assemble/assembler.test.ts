// What belongs to a report: by caller, by nesting, by silence, by boot.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Assembler } from '../../../src/report/assemble/assembler.ts';
import { assemble, names, oops, records } from '../../support/assemble.ts';

const texts = (report: { lines: readonly { text: string }[] } | undefined): string[] => (report?.lines ?? []).map((l) => l.text);

test('two reports interleaved line by line come apart by caller id', () => {
  const [a, b] = [oops('one', 1), oops('two', 2)];
  const mixed = a.flatMap((line, i) => [`T1| ${line}`, `T2| ${b[i]}`]);
  const [first, second] = assemble(records(mixed));
  assert.equal(texts(first), a);
  assert.equal(texts(second), b);
  assert.equal([first?.callerId, second?.callerId, first?.mixed], ['T1', 'T2', false]);
});

test('a report begins behind the first line of a record as well: at a newline, or where rsyslog wrote one as #012', () => {
  for (const end of ['\n', '#012']) {
    const reports = assemble(records([`driver_xyz: it says${end}${oops('one').join(end)}`]));
    assert.equal(names(reports), ['oops/fault'], end);
    assert.equal(texts(reports[0]), oops('one'));
  }
});

test('lines of others are strangers, in the report that they interrupt', () => {
  const lines = oops('one').map((l) => `T1| ${l}`);
  lines.splice(6, 0, 'T9| usb 1-1: new device', 'C0| eth0: link up');
  const [report] = assemble(records(lines));
  assert.equal(
    report?.strangers.map((l) => l.text),
    ['usb 1-1: new device', 'eth0: link up'],
  );
  assert.is(report?.lines.length, 10);
});

test('a second fault inside the first is a report of its own, linked', () => {
  const first = oops('one').slice(0, 6);
  const reports = assemble(records([...first, ...oops('two')]));
  assert.equal(names(reports), ['oops/fault', 'oops/fault']);
  assert.equal([reports[1]?.inside, reports[1]?.hasFrame], [reports[0]?.ordinal, true]);
});

test('a report that names its device and is over holds nothing back', () => {
  const device = ['ata1.00: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x6 frozen', 'ata1.00: failed command: READ DMA'];
  const healthy = Array.from({ length: 100 }, (_, i) => `usb 1-1: line ${i}`);
  const all = records([...device, ...oops('one'), ...healthy]).map((record, i) => ({ ...record, usec: i * 500_000 }));
  const assembler = new Assembler();
  assert.equal(names(all.flatMap((record) => [...assembler.push(record)])), ['block/ata', 'oops/fault']);
  assert.equal(assembler.end(), []);
});

test('what announces a report and is followed by none stays in the plain log', () => {
  assert.equal(assemble(records(['------------[ cut here ]------------', 'a', 'b', 'c', 'd', 'e', 'f'])), []);
  assert.equal(assemble(records(['==================================================================', 'usb: ok'])), []);
});

test('cut here belongs to the warning behind it, whose line is the head', () => {
  const [report] = assemble(
    records(['------------[ cut here ]------------', 'my message', 'WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1/0x2', ' g+0x1/0x2']),
  );
  assert.equal([report?.form.name, report?.headIndex, report?.lines.length], ['warn', 2, 4]);
});

test('a banner ends every open report and counts the boot', () => {
  const banner = 'Linux version 6.1.0 (a@b) (gcc)';
  const reports = assemble(records([banner, ...oops('one').slice(0, 5), banner, ...oops('two')]));
  assert.equal(
    reports.filter((r) => r.family.name === 'oops').map((r) => [r.boot, r.ending]),
    [
      [0, 'new-boot'],
      [1, 'end-of-log'],
    ],
  );
});

test('time that starts again ends a boot without a banner; a single odd stamp does not', () => {
  const at = (seconds: number, lines: readonly string[]) => lines.map((text, i) => ({ usec: seconds * 1e6 + i * 1000, text }));
  const log = (parts: readonly { usec: number; text: string }[]) => parts.map((part, i) => ({ seq: i + 1, ...part }));
  const boots = (parts: readonly { usec: number; text: string }[]) =>
    assemble(log(parts))
      .filter((report) => report.family.name === 'oops')
      .map((report) => [report.boot, report.ending]);
  assert.equal(boots([...at(100, oops('one').slice(0, 5)), ...at(1, oops('two'))]), [
    [0, 'new-boot'],
    [1, 'end-of-log'],
  ]);
  assert.equal(boots([...at(100, ['x']), ...at(0, ['late CPU']), ...at(101, oops('one'))]), [[0, 'end-of-log']]);
});

test('printk says that it dropped messages, on a line of its own or before the next message', () => {
  const lines = oops('one');
  for (const dropped of ['** 12 printk messages dropped **', '** 12 printk messages dropped ** [   46.29]  other+0x1/0x2']) {
    const [report] = assemble(records([...lines.slice(0, 7), dropped, ...lines.slice(7)]));
    assert.is(report?.dropped, true, dropped);
  }
});

test('a record of several lines belongs to one report, forged heads in it as well', () => {
  const lines = oops('one');
  const input = records(lines);
  const forged = { ...input[7], seq: 8, text: ` x+0x1/0x2\nBUG: KASAN: forged in y+0x1/0x2\n z+0x1/0x2` };
  const reports = assemble([...input.slice(0, 7), forged, ...input.slice(8)]);
  assert.equal(names(reports), ['oops/fault']);
  assert.is(reports[0]?.lines.length, 12);
});

test('a report that falls silent ends, and what came after is plain log', () => {
  const noise = Array.from({ length: 300 }, (_, i) => `usb ${i}-1: something`);
  const [report, ...others] = assemble(records([...oops('one').slice(0, 8), ...noise]));
  assert.equal([report?.ending, report?.strangers.length, others.length], ['silence', 0, 0]);
});

test('two reports that print in one context without caller ids are marked', () => {
  const [a, b] = [oops('one', 1), oops('two', 2)];
  const reports = assemble(records([a[0], b[0], a[2], b[2], a[3], b[3], a[5], b[5], a[7], b[7]].map((l) => l ?? '')));
  assert.ok(reports.some((r) => r.mixed));
});

test.run();
