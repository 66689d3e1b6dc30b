// Taint strings of every era, letter by letter.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeModuleTaint, decodeTaint } from '../../src/decode/taint.ts';
import { TAINT_FLAGS } from '../../src/decode/taint-flags.ts';

/** kernel/panic.c taint_flags[] of 7.x: letter and TAINT_ constant, bit 0 first. */
const UPSTREAM =
  'P PROPRIETARY_MODULE F FORCED_MODULE S CPU_OUT_OF_SPEC R FORCED_RMMOD M MACHINE_CHECK B BAD_PAGE U USER D DIE A OVERRIDDEN_ACPI_TABLE W WARN C CRAP I FIRMWARE_WORKAROUND O OOT_MODULE E UNSIGNED_MODULE L SOFTLOCKUP K LIVEPATCH X AUX T RANDSTRUCT N TEST J FWCTL'
    .match(/\S \S+/g)!
    .map((pair) => pair.split(' ') as [string, string]);

const letters = (text: string): string =>
  decodeTaint(text)
    .flags.map((f) => f.letter)
    .join('');

for (const [bit, [letter, name]] of UPSTREAM.entries()) {
  test(`${letter} is ${name}, bit ${bit}, in columns and spelled out`, () => {
    const column = `${letter === 'P' ? '' : 'G'}${' '.repeat(Math.max(0, bit - (letter === 'P' ? 0 : 1)))}${letter}`.padEnd(20);
    for (const text of [`Tainted: ${column}`, `[${letter}]=${name}`]) {
      const { flags } = decodeTaint(text);
      assert.equal(
        flags.map((f) => [f.letter, f.name]),
        [[letter, name]],
        text,
      );
      assert.ok((flags[0]?.meaning.length ?? 0) > 10);
    }
    assert.is(TAINT_FLAGS.find((f) => f.letter === letter)?.bit, bit);
  });
}

test('flags of real reports', () => {
  assert.is(letters('G    B  W  OE     '), 'BWOE');
  assert.is(letters('G        W  OE'), 'WOE');
  assert.is(letters('P        W  O     '), 'PWO');
  assert.is(letters('[D]=DIE, [O]=OOT_MODULE, [E]=UNSIGNED_MODULE'), 'DOE');
  assert.is(letters('G      D    OE      6.12.0-1 #1'.slice(0, 18)), 'DOE');
});

test('G and "Not tainted" are no flags; raw is what was printed', () => {
  assert.equal(decodeTaint('Tainted: G                T ').raw, 'G                T');
  assert.equal(decodeTaint('Not tainted').flags, []);
  assert.equal(decodeTaint('G').flags, []);
  assert.equal(decodeTaint('').flags, []);
});

test('unknown letters are kept: by the name the kernel printed, or as unknown', () => {
  assert.equal(
    decodeTaint('[V]=UNSAFE_BPF').flags.map((f) => [f.letter, f.name]),
    [['V', 'UNSAFE_BPF']],
  );
  assert.equal(
    decodeTaint('G   Z').flags.map((f) => [f.letter, f.name]),
    [['Z', 'UNKNOWN']],
  );
});

test("Red Hat's own flags stand behind a dash for each bit without a flag", () => {
  assert.equal(
    decodeTaint('G           OE  ------------ T').flags.map((f) => f.name),
    ['OOT_MODULE', 'UNSIGNED_MODULE', 'TECH_PREVIEW'],
  );
  assert.equal(
    decodeTaint('P  ---------------- H').flags.map((f) => f.name),
    ['PROPRIETARY_MODULE', 'HARDWARE_UNSUPPORTED'],
  );
});

test("the columns of Red Hat's releases, letter by letter", () => {
  const names = (text: string) => decodeTaint(text).flags.map((f) => `${f.letter} ${f.name}`);
  assert.equal(names('G           --L------------   '), ['L SOFTLOCKUP']);
  assert.equal(names('P        W  ---------------  T'), ['P PROPRIETARY_MODULE', 'W WARN', 'T TECH_PREVIEW']);
  assert.equal(names('G        W  OEL K------------ T'), [
    'W WARN',
    'O OOT_MODULE',
    'E UNSIGNED_MODULE',
    'L SOFTLOCKUP',
    'K LIVEPATCH',
    'T TECH_PREVIEW',
  ]);
  assert.equal(names('G        W  OE    --------- -  -'), ['W WARN', 'O OOT_MODULE', 'E UNSIGNED_MODULE']);
  assert.equal(names('G           OE    ---------r-t-'), ['O OOT_MODULE', 'E UNSIGNED_MODULE', 'r SUPPORT_REMOVED', 't TECH_PREVIEW']);
  assert.equal(names('G S                 -------  ---'), ['S CPU_OUT_OF_SPEC']);
});

test("a module's mark: + and - say it comes or goes", () => {
  assert.equal(
    decodeModuleTaint('OE+').map((f) => f.name),
    ['OOT_MODULE', 'UNSIGNED_MODULE'],
  );
  assert.equal(decodeModuleTaint('-'), []);
});

test.run();
