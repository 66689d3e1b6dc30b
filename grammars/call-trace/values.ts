import { address } from '../common/numbers.ts';

/** The number behind `KEY: ` among `CPU: 1`, `PID: 30`. */
export function cpuNumber(images: readonly string[], key: string): number | undefined {
  const image = images.find((i) => i.startsWith(`${key}:`));
  const digits = image === undefined ? undefined : /\d+/.exec(image)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** The pid that a stack's title names: `Allocated by task 4655:`, `Call trace for task 7:`. */
export function tracePid(text: string): number | undefined {
  const digits = /(?:task|pid|PID)[ =:]+(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

// Every repetition is bounded: a forged row of letters or brackets must not cost more than its length.
const VALUE =
  /\([^)]{0,120}\)|<[A-Z][^>]{0,200}>|([A-Za-z$][A-Za-z_]{0,15}(?: ?\d{1,3})?|Krnl GPRS)\s{0,4}:|\b([a-z][a-z0-9]\d?)(?= [0-9a-f]{16}\b)|(?<![\w.#=+-])(?:[0-9a-f]{4}:)?(?:\[<?)?((?:0x)?[0-9a-f]{1,16})(?=[\s()\]>]|$)/gi;

/** Most rows of x86-64 and arm64 hold nothing but names and sixteen digits; they are taken apart in a third of the time. */
const PLAIN_ROW = /^[A-Za-z]{1,3}\d{0,2} ?: [0-9a-f]{16}(?: [A-Za-z]{1,3}\d{0,2} ?: [0-9a-f]{16})*$/;

function plainRow(row: string): (readonly [string, string])[] {
  const values: (readonly [string, string])[] = [];
  let name = '';
  // `RAX`, `0000000000000000 RBX`, `ffffffffc0587060`: a value and the next name
  for (const part of row.split(': ')) {
    if (name !== '') values.push([name, address(part.slice(0, 16))]);
    name = part.slice(name === '' ? 0 : 17).trimEnd();
  }
  return values;
}

/**
 * A row of registers: `RAX: 0000 RBX: 0000`, `x9 : 0000`, `pc : [<80b1>]`, `RSP: 0018:ffff EFLAGS: 0246`, `GPR04: 0 1 2 3` (four values
 * of one name), loongarch's `pc 9000 ra 9000`. What stands in parentheses or angle brackets behind a value is its decoding.
 */
export function registerValues(row: string): (readonly [string, string])[] {
  if (PLAIN_ROW.test(row)) return plainRow(row);
  const values: (readonly [string, string])[] = [];
  let name = '';
  for (const m of row.matchAll(VALUE)) {
    const label = m[1] ?? m[2];
    if (label !== undefined) name = label.replace(/\s/g, '');
    else if (m[3] !== undefined && name !== '') values.push([name, address(m[3])]);
  }
  return values;
}

/** `driver_xyz(OE+) ext4 [last unloaded: foo(E)]`; powerpc before 3.x printed sizes too. */
export function moduleList(text: string): { name: string; taint?: string }[] {
  const unloaded = text.indexOf('[last unloaded:');
  const names = (unloaded < 0 ? text : text.slice(0, unloaded)).split(' ');
  const modules: { name: string; taint?: string }[] = [];
  for (const word of names) {
    const m = /^(\w+)(?:\(([^)\s]*)\))?$/.exec(word);
    if (m?.[1] !== undefined) modules.push(m[2] === undefined ? { name: m[1] } : { name: m[1], taint: m[2] });
  }
  return modules;
}
