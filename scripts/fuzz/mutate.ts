import { OBJECT_NAMES } from './object-names.ts';
import type { Random } from './random.ts';

/** Numbers that lengths, offsets and counts are made of when somebody lies. */
const LIES = [0n, 1n, 0x7fn, 0xffn, 0x7fffn, 0xffffn, 0x7fffffffn, 0xffffffffn, 0x7fffffffffffffffn, 0xffffffffffffffffn, 1n << 60n];

/** Bytes of a dump with a few of them changed: flips, lies of 1 to 8 bytes, blocks of zeros, pieces copied elsewhere, words that every object has, a cut end. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  let out = Buffer.from(bytes);
  for (let n = 1 + random.below(8); n > 0 && out.length > 0; n--) {
    // headers decide more than pages
    const at = random.below(random.below(3) === 0 ? Math.min(out.length, 16_384) : out.length);
    switch (random.below(6)) {
      case 0:
        out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 1: {
        const size = random.one([1, 2, 4, 8]);
        if (at + size > out.length) break;
        const value = BigInt.asUintN(size * 8, random.one(LIES));
        const lie = Buffer.alloc(8);
        lie.writeBigUInt64LE(value);
        (random.below(4) === 0 ? lie.subarray(0, size).reverse() : lie.subarray(0, size)).copy(out, at);
        break;
      }
      case 2:
        out.fill(random.one([0, 0xff, 0x41]), at, Math.min(out.length, at + random.below(512)));
        break;
      case 3:
        out.copyWithin(at, random.below(out.length), Math.min(out.length, random.below(out.length) + 256));
        break;
      case 4: {
        // keys of VMCOREINFO, names of notes, symbols, types, modules and tasks
        const word = /[A-Za-z_]{4,}/.exec(out.toString('latin1', at, at + 4096));
        if (word !== null) out.write(random.one(OBJECT_NAMES), at + word.index, 'latin1');
        break;
      }
      default:
        if (random.below(4) === 0) out = out.subarray(0, at);
    }
  }
  return out;
}

const FORGED = [
  'BUG: KASAN: use-after-free in f+0x1/0x2 [m]',
  'Kernel panic - not syncing: ',
  '[    1.000000] Call Trace:',
  'Out of memory: Killed process 1 (a) total-vm:1kB',
  '------------[ cut here ]------------',
  '---[ end trace 0000000000000000 ]---',
  'Modules linked in: a(OE) b',
  'RIP: 0010:f+0xffffffffffffffff/0x0',
  ' #0: ffff888000000000 (&a->b){+.+.}-{3:3}, at: f+0x1/0x2',
  'INFO: task a:1 blocked for more than 120 seconds.',
  'watchdog: BUG: soft lockup - CPU#0 stuck for 1s! [a:1]',
  'Linux version 6.1.0 (a@b) #1 SMP',
  '\x1b[31;1m\x1b]0;title\x07',
  '\u202e\u200b\ufeff',
  '\xc3\x28\xff\xfe',
];
const PREFIXES = [
  '> ',
  '    ',
  '\t',
  '| ',
  'Nov 22 20:00:00 host kernel: ',
  '<3>',
  '2026-11-22T20:00:05+01:00 host kernel: ',
  '00: ',
  '[ T1] ',
];

/** A log with its lines spliced, repeated, forged, disguised, cut and torn, some of them endless, and words that every object has. */
export function mutateText(text: string, other: string, random: Random): string {
  const lines = text.split('\n');
  const others = other.split('\n');
  for (let n = 1 + random.below(10); n > 0; n--) {
    const at = random.below(lines.length + 1);
    switch (random.below(10)) {
      case 0:
        lines.splice(at, random.below(20));
        break;
      case 1:
        lines.splice(at, 0, ...others.slice(random.below(others.length)).slice(0, random.below(60)));
        break;
      case 2:
        lines.splice(at, 0, random.one(FORGED));
        break;
      case 3: {
        const prefix = random.one(PREFIXES);
        const until = at + random.below(40);
        for (let i = at; i < until && i < lines.length; i++) lines[i] = prefix + lines[i];
        break;
      }
      case 4: {
        const line = lines[at] ?? '';
        const cut = random.below(line.length + 1);
        lines.splice(at, 1, line.slice(0, cut), line.slice(cut));
        break;
      }
      case 5:
        lines[at] = (lines[at] ?? 'a').repeat(1 + random.below(50));
        break;
      case 6: {
        const line = lines[at] ?? '';
        const cut = random.below(line.length + 1);
        lines[at] = line.slice(0, cut) + random.one([...FORGED, '\0', '\r', '\x80', '((((', '::::', '9'.repeat(40)]) + line.slice(cut);
        break;
      }
      case 7:
        lines[at] = (lines[at] ?? '').replace(/\d+/g, () => `${random.one(['0', '-1', '18446744073709551616', '4294967295', '1e9'])}`);
        break;
      case 8: {
        const name = random.one(OBJECT_NAMES);
        const nth = random.below(8);
        let seen = 0;
        lines[at] = (lines[at] ?? '').replace(/[A-Za-z_]\w*/g, (word) => (seen++ === nth ? name : word));
        break;
      }
      default:
        lines.splice(at, 0, ...lines.slice(random.below(lines.length)).slice(0, random.below(50)));
    }
  }
  return lines.join('\n').slice(0, 1 << 21);
}
