import { OBJECT_NAMES } from '../object-names.ts';
import type { Random } from '../random.ts';

/** Numbers at the ends of what the kernel's and our types hold, and what is no number. */
const NUMBERS = [
  '0',
  '00000000000000000000',
  '-1',
  '1',
  '255',
  '2147483647',
  '2147483648',
  '4294967295',
  '9007199254740993',
  '18446744073709551615',
  '18446744073709551616',
  '99999999999999999999999999999999999999999999',
  '1e309',
  'NaN',
  '(null)',
  '',
];
const HEX = [
  '0',
  '0000000000000000',
  'ffffffffffffffff',
  'ffffffffffffffffff',
  '8000000000000000',
  'dead000000000100',
  'g',
  '(____ptrval____)',
];
const WORDS = [
  '',
  'a',
  '.',
  '../../etc/passwd',
  'x'.repeat(300),
  '<b>"&\'</script>',
  '\x1b[31m',
  '\x9b31m',
  '\xe2\x80\xae',
  '\xff\xfe',
  '\0',
  'a b',
  'a: b',
  '((((',
  '))',
  '[m]',
  'f+0x1/0x2',
  '%s%n',
  '$1',
  '$&',
  'java invoked oom-killer: ',
  '__',
  ',',
  '=',
];

/** A line with one of its fields replaced by what a field may be at worst. */
export function extreme(line: string, random: Random): string {
  const [pattern, values] = random.one([
    [/\b\d+\b/g, NUMBERS],
    [/\b(?:0x)?[0-9a-f]{4,16}\b/g, HEX],
    [/[A-Za-z_][\w.-]*/g, WORDS],
    [/[A-Za-z_]\w*/g, OBJECT_NAMES],
  ] as const);
  const fields = [...line.matchAll(pattern)];
  const field = fields[random.below(fields.length)];
  if (field === undefined) return line;
  return line.slice(0, field.index) + random.one(values) + line.slice(field.index + field[0].length);
}

/**
 * Lines changed as a ring buffer, other CPUs and people change them, and as who means harm would.
 * @param glues whether some lines end in the midst of others
 */
export function changed(lines: readonly string[], glues: boolean, random: Random): string[] {
  const out = [...lines];
  for (let n = random.below(6); n > 0 && out.length > 0; n--) {
    const at = random.below(out.length);
    const line = out[at] ?? '';
    switch (random.below(8)) {
      case 0:
        out.splice(at, 1 + random.below(4));
        break;
      case 1:
        out.length = at + 1;
        break;
      case 2:
        out.splice(at, 0, ...Array.from({ length: 1 + random.below(random.below(20) === 0 ? 200 : 4) }, () => line));
        break;
      case 3:
        out[at] = line.slice(0, random.below(line.length + 1));
        break;
      case 4:
        if (glues) out[at] = line + (out[random.below(out.length)] ?? '');
        break;
      case 5: {
        const to = random.below(out.length);
        out.splice(to, 0, ...out.splice(at, 1 + random.below(8)));
        break;
      }
      default:
        for (let i = at; i < out.length && i < at + 1 + random.below(6); i++) out[i] = extreme(out[i] ?? '', random);
    }
  }
  return out;
}

/** The lines of two reports, each in its order, as two CPUs print them at once. */
export function interleaved(a: readonly string[], b: readonly string[], random: Random): string[] {
  const out: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; )
    out.push((j >= b.length || (i < a.length && random.below(2) === 0) ? a[i++] : b[j++]) ?? '');
  return out;
}
