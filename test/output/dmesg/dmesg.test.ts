// dmesg(1)'s own layouts, as util-linux 2.38 to 2.41 print them (tried with `dmesg -F`).
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDmesgArguments } from '../../../src/cli/commands/dmesg-options.ts';
import { UsageError } from '../../../src/cli/exit.ts';
import { dmesgFormat } from '../../../src/output/dmesg/dmesg.ts';
import { seconds } from '../../../src/output/dmesg/format.ts';
import { PEER_FORMATS, peerFormat } from '../../../src/output/dmesg/formats.ts';
import { safeBytes, safeCharacters } from '../../../src/output/dmesg/safe-text.ts';
import type { PrintkRecord } from '../../../src/record/record.ts';

const RECORDS: readonly PrintkRecord[] = [
  { seq: 0, usec: 1_000_000, level: 6, facility: 0, text: 'one', continuation: false },
  { seq: 1, usec: 2_500_000, level: 6, facility: 0, text: 'two\nlines', callerId: 'T7', continuation: false },
  // a line of a text log that has nothing of its own
  { seq: 2, usec: undefined, level: undefined, facility: undefined, text: 'three', continuation: false },
  { seq: 3, usec: 3_000_000, level: 6, facility: 1, text: 'esc \x1b[31m', continuation: false },
];

function printed(...argv: string[]): string[] {
  const args = parseDmesgArguments([...argv, 'FILE']);
  const format = dmesgFormat({ ...args, wallOf: () => undefined, painter: undefined });
  return RECORDS.map((r) => format.record(r))
    .join('')
    .split('\n')
    .slice(0, -1);
}

test('characters that act on a terminal are shown by their bytes, those that print stand', () => {
  const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  // C1 control CSI, right-to-left override, line separator, zero-width joiner, private use
  for (const acting of ['\u009b', '\u202e', '\u2028', '\u200d', '\ue000', '\x1b', '\x7f', '\x00']) {
    const shown = [...bytes(acting)].map((c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
    assert.is(safeBytes(bytes(`a${acting}31mb`)), `a${shown}31mb`);
    assert.is(safeCharacters(bytes(`a${acting}31mb`)), `a${shown}31mb`);
  }
  assert.is(safeCharacters(bytes('Grüße 漢 😀')), 'Grüße 漢 😀');
  assert.is(safeBytes(bytes('Grüße 漢 😀')), bytes('Grüße 漢 😀'));
  // bytes that are no UTF-8: alone, overlong, a surrogate
  assert.is(safeBytes('\xff \xc0\x80 \xed\xa0\x80 \xc3'), '\\xff \\xc0\\x80 \\xed\\xa0\\x80 \\xc3');
});

test('no format lets a byte through that acts on a terminal, of a text or of its dictionary', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
  const record: PrintkRecord = { ...RECORDS[0]!, text: `a${all}b`, dict: [`DEVICE=${all}`, 'SUBSYSTEM=x'], callerId: 'T1' };
  const facts = { old: false, wrapBefore: {} };
  const formats = PEER_FORMATS.map((name) => [name, peerFormat(name, facts, true)] as const);
  const ours = [[], ['-r'], ['-x'], ['-T'], ['-d'], ['-e'], ['-p']].map((argv) => {
    const args = parseDmesgArguments([...argv, 'FILE']);
    return [argv.join(' '), dmesgFormat({ ...args, wallOf: () => 1e15, painter: undefined })] as const;
  });
  for (const [name, format] of [...formats, ...ours]) {
    const shown = format.record(record);
    assert.ok(shown.includes(name === 'kmsg' ? 'a\\x00' : 'a'), name);
    // isspace() stands in all but kmsg, as in the peers
    assert.not.match(shown, /[\x00-\x08\x0e-\x1f\x7f-\xff]/, name);
  }
  assert.not.match(peerFormat('kmsg', facts, true).record(record).replaceAll('\n', ''), /[^\x20-\x7e]/);
  const shown = peerFormat('crash-d', facts, true).record({ ...RECORDS[0]!, dict: ['SUBSYSTEM=x', 'DEVICE=\x1b[2J'] });
  assert.is(shown, `[    1.000000] one\n${' '.repeat(15)}SUBSYSTEM=x\n${' '.repeat(15)}DEVICE=.[2J\n`);
});

test('a time is its seconds and six digits, whichever came before it', () => {
  const times: [number, string][] = [
    [0, '    0.000000'],
    [1_000_007, '    1.000007'],
    [1_999_999, '    1.999999'],
    [42, '    0.000042'],
    [4294667_296_001, '4294667.296001'],
    // a clock that ran backwards, and what a damaged log says
    [-5, '   -1.999995'],
    [1.5, '    0.0001.5'],
    [Number.POSITIVE_INFINITY, 'Infinity.000NaN'],
  ];
  for (const [usec, text] of times) assert.is(seconds(usec), text);
});

test('only the delta: -d -t', () => {
  assert.equal(printed('-d', '-t').slice(0, 4), [
    '[<    0.000000>] one',
    '[<    1.500000>] two',
    '                 lines',
    '                 three',
  ]);
});

test('several stamps, in the order in which they are asked for', () => {
  assert.is(printed('--time-format', 'delta', '--time-format=time')[1], '[<    1.500000>] [    2.500000] two');
  assert.is(printed('-T', '--time-format', 'delta')[0], '[    1.000000] [<    0.000000>] one');
});

test('a line that goes on stands below the text it belongs to; -p puts the prefix before each', () => {
  const prefix = 'kern  :info  : [    2.500000] ';
  assert.equal(printed('-x').slice(1, 4), [`${prefix}two`, `${' '.repeat(prefix.length)}lines`, `${' '.repeat(prefix.length)}three`]);
  assert.equal(printed('-x', '-p').slice(1, 3), [`${prefix}two`, `${prefix}lines`]);
  assert.is(printed('-r')[3], 'three');
});

test('bytes that are no text: escaped, and as they are where that is asked', () => {
  assert.is(printed('-t').at(-1), 'esc \\x1b[31m');
  assert.is(printed('-t', '--noescape').at(-1), 'esc \x1b[31m');
});

test('options of dmesg(1) that choose files, facilities and colour', () => {
  assert.equal(parseDmesgArguments(['-F', 'a', '--kmsg-file', 'b', 'c']).files, ['a', 'b', 'c']);
  assert.equal([...(parseDmesgArguments(['-k']).facilities ?? [])], [0]);
  assert.not(parseDmesgArguments(['-u']).facilities?.has(0));
  for (const argv of [
    ['-L', 'a'],
    ['--color', 'a'],
    ['--color=auto', 'a'],
  ]) {
    const { color, files } = parseDmesgArguments(argv);
    assert.equal([color, files], ['auto', ['a']]);
  }
  assert.is(parseDmesgArguments(['-Lalways', 'a']).color, 'always');
  assert.is(parseDmesgArguments(['--color', 'never', 'a']).color, 'never');
  assert.is(parseDmesgArguments(['-P', '-S', '-s', '65536', 'a']).pager, false);
});

test('what changes the kernel is refused, and says what does it', () => {
  for (const option of ['-C', '-c', '-D', '-E', '-n', '--console-level=3', '--read-clear'])
    assert.throws(
      () => parseDmesgArguments([option]),
      (e: Error) => e instanceof UsageError && e.message.includes(`use dmesg ${option}`),
    );
  assert.equal(parseDmesgArguments(['--', '-C']).files, ['-C']);
});

test.run();
