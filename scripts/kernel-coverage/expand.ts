// What vsnprintf() makes of a format: each conversion with a value that a kernel could print (Documentation/core-api/printk-formats.rst).

const CONVERSION = /%(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?:\*|\d+))?(?<size>hh?|ll?|[zjtLq])?(?<kind>[diuxXocsp%])/g;

/** What may stand behind `%p`, longest first, and a value of it; a plain pointer where none does. */
const POINTERS: readonly (readonly [RegExp, string])[] = [
  [/^SR?b?|^[sB]b?/, 'xyz_store+0x1c/0x60 [driver_xyz]'],
  [/^[fF]/, 'xyz_store+0x1c/0x60'],
  [/^bl/, '0-3'],
  [/^b/, 'f'],
  [/^(?:e|EI?)/, '-EIO'],
  [/^ra/, '[mem 0x00001000-0x00001fff]'],
  [/^[rR]/, '[mem 0x00001000-0x00001fff 64bit]'],
  [/^a[pd]?/, '0x0000000000001000'],
  [/^M[FR]?|^mR?/, '00:00:5e:00:53:01'],
  [/^I4[hnbl]?/, '192.0.2.1'],
  [/^[iI](?:6c?|S[pfschnbl]*)/, '192.0.2.1'],
  [/^U[bBlL]?/, '6b8b4567-0000-4000-8000-0123456789ab'],
  [/^[dD]\d?/, 'xyz'],
  [/^g/, 'sda1'],
  [/^h[CDN]?/, '00 11 22 33'],
  [/^Gg/, 'GFP_KERNEL'],
  [/^Gp/, '0x17ffffc0000200(slab|node=0|zone=2|lastcpupid=0x1fffff)'],
  [/^Gv/, 'read|write|exec'],
  [/^Gt/, '0xffffefff(buddy)'],
  [/^OF[fnpPcCF]*/, '/soc/xyz@1000'],
  [/^C[nr]?/, 'xyz_clk'],
  [/^fw[fP]?/, 'xyz'],
  [/^t[TRZ]\w?/, '2026-01-01'],
  [/^[Kx]/, 'ffff888100001000'],
  [/^4cc/, 'NV12'],
  [/^V/, ''],
];

/** What `%s` stands for where its argument tells: the function, a word of two, a value that only few things can be. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/\bcomm\b|get_task_comm/, 'java'],
  [/\b(?:rcu_state\.|rsp->)(?:name|abbr)|\brcu_name\(/, 'rcu_preempt'],
  [/print_tainted\(/, 'Not tainted'],
  [/\binit_utsname\(\)->release/, '6.12.0'],
  [/\bdev_name\(|pci_name\(/, '0000:01:00.0'],
  [/^\s*mode\s*$/, 'Krnl'],
  [/^\s*str\s*$/, 'Oops'],
  [/\bstack_name\b/, 'IRQ'],
  [/\btype->type_name\b/, "'int'"],
  [/get_access_type\(|access_type\b/, 'write'],
  [/\birqclass\b/, 'HARDIRQ'],
  [/\busage_str\b/, 'HARDIRQ-ON-W'],
  [/\bstate_name\b/, 'unlocked'],
  [/type_check_kinds\[/, 'load of'],
  [/^\s*message\s*$/, 'Out of memory'],

  [/\bbug_type\b|get_bug_type\(/, 'slab-out-of-bounds'],
];

/** The text that an argument stands for; `xyz` where it can be anything. */
function word(argument: string, names: Names): string {
  if (/\b__func__|__FUNCTION__/.test(argument)) return names.function || 'xyz';
  const known = NAMED.find(([pattern]) => pattern.test(argument))?.[1] ?? names.texts.get(argument.trim());
  if (known !== undefined) return known;
  // `write ? "write" : "read"`: either is printed; so is what the function gives a variable
  const variable = /^\s*(\w+)\s*$/.exec(argument)?.[1];
  const given = variable && (new RegExp(`\\b${variable}\\s*=[^=;]*?"[^;]*;`).exec(names.body)?.[0] ?? names.passed(variable));
  return /"((?:[^"\\]|\\.)*)"/.exec(given || argument)?.[1]?.replace(/\\[nt]/g, ' ') ?? 'xyz';
}

export interface Names {
  /** The function that prints. */
  readonly function: string;
  /** The function's text. */
  readonly body: string;
  /** The file's `#define NAME "text"`. */
  readonly texts: ReadonlyMap<string, string>;
  /** What a caller in the file passes for a parameter of the function, where it is a text. */
  readonly passed: (parameter: string) => string | undefined;
}
const NO_NAMES: Names = { function: '', body: '', texts: new Map(), passed: () => undefined };

/** The format with values in it; `args`: what stands behind it in the call. */
export function expand(format: string, args: readonly string[] = [], names: Names = NO_NAMES): string {
  let text = '';
  let end = 0;
  let next = 0;
  CONVERSION.lastIndex = 0;
  for (let m = CONVERSION.exec(format); m !== null; m = CONVERSION.exec(format)) {
    text += format.slice(end, m.index);
    end = CONVERSION.lastIndex;
    const { flags = '', width = '', kind } = m.groups ?? {};
    if (kind === 'p') {
      const [pattern, value] = POINTERS.find(([p]) => p.test(format.slice(end))) ?? [/^/, '00000000c0ffee00'];
      end += pattern.exec(format.slice(end))?.[0].length ?? 0;
      CONVERSION.lastIndex = end;
      text += value;
      next++;
    } else if (kind === '%') text += '%';
    else {
      if (width === '*') next++;
      if (m[0].includes('.*')) next++;
      text += plain(kind as string, flags, width, word(args[next++] ?? '', names));
    }
  }
  return text + format.slice(end);
}

function plain(kind: string, flags: string, width: string, word: string): string {
  // a width that an argument gives is that of a register
  const wide = Number(width === '*' && flags.includes('0') ? 16 : width) || 0;
  const padded = (digits: string): string => {
    if (flags.includes('0')) return digits.padStart(wide, '0');
    return flags.includes('-') ? digits.padEnd(wide) : digits.padStart(wide);
  };
  switch (kind) {
    case 'c':
      return 'D';
    case 's':
      return padded(word);
    case 'x':
    case 'X':
      return `${flags.includes('#') ? '0x' : ''}${padded('1a')}`;
    case 'o':
      return '17';
    default:
      return padded('7');
  }
}
