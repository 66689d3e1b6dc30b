// The printk calls of a kernel source file, as the lines that they print: each format string with plausible values in it.
import { readFileSync } from 'node:fs';

export interface Format {
  /** Path below the source tree, and line. */
  readonly file: string;
  readonly line: number;
  /** The macro: `pr_err`, `dev_warn`, `WARN_ONCE`. */
  readonly macro: string;
  /** The format string, its parts joined. */
  readonly format: string;
  /** What it prints, prefixes included. */
  readonly text: string;
}

/** Macro → what stands before the message, and which argument the format is. `pr`: the file's pr_fmt(). */
const MACROS: readonly (readonly [RegExp, string])[] = [
  [/^pr_(?:emerg|alert|crit|err|warn|warning|notice|info)(?:_once|_ratelimited)?$/, 'pr'],
  [/^printk(?:_ratelimited|_once|_deferred)?$/, 'pr'],
  [/^(?:panic|nmi_panic|vpanic)$/, 'Kernel panic - not syncing: '],
  [/^WARN(?:_ONCE|_RATELIMIT)?$/, ''],
  [/^dev_(?:emerg|alert|crit|err|warn|notice|info)(?:_once|_ratelimited|_probe)?$/, 'xyz 0000:01:00.0: '],
  [/^pci_(?:emerg|alert|crit|err|warn|notice|info)(?:_ratelimited)?$/, 'pcieport 0000:00:1c.0: '],
  [/^netdev_(?:emerg|alert|crit|err|warn|notice|info)$/, 'xyz 0000:01:00.0 eth0: '],
  [/^(?:net|nlmsg)_(?:crit|err|warn|notice|info)_ratelimited$/, 'pr'],
  [/^drm_(?:err|warn|notice|info)(?:_once|_ratelimited)?$/, 'xyz 0000:00:02.0: [drm] '],
  [/^DRM_(?:ERROR|WARN|DEV_ERROR)(?:_RATELIMITED)?$/, '[drm:xyz_irq [xyz]] *ERROR* '],
  [/^ata_(?:port|link|dev)_(?:err|warn|info|notice)$/, 'ata1.00: '],
  [/^(?:sd|scmd|sdev|starget|shost)_printk$/, 'sd 2:0:0:0: [sda] '],
  [/^ext4_(?:error|error_inode|warning|abort)\w*$/, 'EXT4-fs error (device sda1): ext4_lookup:1578: '],
  [/^ext4_msg$/, 'EXT4-fs (sda1): '],
  [/^xfs_(?:emerg|alert|crit|err|warn|notice|info|alert_tag|warn_ratelimited)$/, 'XFS (sda1): '],
  [/^btrfs_(?:emerg|alert|crit|err|warn|handle_fs_error|abort_transaction)(?:_rl|_in_rcu|_rl_in_rcu)?$/, 'BTRFS error (device sda1): '],
  [/^f2fs_(?:err|warn|notice|info)(?:_ratelimited)?$/, 'F2FS-fs (sda1): '],
  [/^DM(?:ERR|WARN|CRIT|INFO)(?:_LIMIT)?$/, 'device-mapper: xyz: '],
  [/^edac_(?:mc|device|pci|mc_chipset)_printk$|^edac_printk$/, 'EDAC MC0: '],
];

/** A call: its macro, then everything up to the parenthesis that closes it. */
const CALL = /\b([A-Za-z_]\w*)\s*\(/g;
const STRING = /"((?:[^"\\\n]|\\.)*)"/g;

export function formatsOf(root: string, file: string): Format[] {
  const source = readFileSync(`${root}/${file}`, 'latin1').replace(/\/\*[\s\S]*?\*\//g, (c) => c.replace(/[^\n]/g, ' '));
  const fmt = /#define\s+pr_fmt\(fmt\)\s+((?:"[^"]*"|KBUILD_MODNAME|[\s\\])+)fmt/.exec(source)?.[1] ?? '';
  const module = /([^/]+)\.c$/.exec(file)?.[1]?.replace(/-/g, '_') ?? 'xyz';
  const prefix = fmt.replace(/KBUILD_MODNAME/g, `"${module}"`).replace(/[\s\\]*"([^"]*)"[\s\\]*/g, '$1');
  const found: Format[] = [];
  for (const match of source.matchAll(CALL)) {
    const macro = match[1] as string;
    const before = MACROS.find(([name]) => name.test(macro))?.[1];
    if (before === undefined) continue;
    const at = match.index + match[0].length;
    const format = formatIn(argumentsAt(source, at));
    if (format === undefined || format.continued) continue;
    const line = source.slice(0, match.index).split('\n').length;
    const text = `${before === 'pr' ? prefix : before}${expand(format.text)}`;
    found.push({ file, line, macro, format: format.text, text: text.replace(/\n+$/, '') });
  }
  return found;
}

function argumentsAt(source: string, from: number): string {
  let depth = 1;
  for (let i = from; i < source.length && i < from + 2000; i++) {
    const c = source[i];
    if (c === '"') i = closing(source, i);
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return source.slice(from, i);
  }
  return '';
}

function closing(source: string, quote: number): number {
  for (let i = quote + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '"') return i;
  }
  return source.length;
}

/** The first run of adjacent strings; KERN_CONT continues a line and cannot stand alone. */
function formatIn(args: string): { readonly text: string; readonly continued: boolean } | undefined {
  const first = args.indexOf('"');
  if (first < 0) return undefined;
  let text = '';
  let end = first;
  STRING.lastIndex = first;
  for (let m = STRING.exec(args); m !== null; m = STRING.exec(args)) {
    if (!/^[\s\\]*(?:PR\w+|FW_BUG|FW_WARN|HW_ERR|KERN_\w+|[A-Z_]+)?[\s\\]*$/.test(args.slice(end, m.index)) && text !== '') break;
    const named = /\b(FW_BUG|FW_WARN|HW_ERR)\b/.exec(args.slice(end, m.index))?.[1];
    text += { FW_BUG: '[Firmware Bug]: ', FW_WARN: '[Firmware Warn]: ', HW_ERR: '[Hardware Error]: ' }[named ?? ''] ?? '';
    text += (m[1] as string).replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\"/g, '"').replace(/\\\\/g, '\\');
    end = STRING.lastIndex;
  }
  return { text, continued: /KERN_CONT/.test(args.slice(0, first)) };
}

/** vsnprintf()'s conversions with values that a kernel could print: Documentation/core-api/printk-formats.rst. */
export function expand(format: string): string {
  return format.replace(
    /%([-+ #0]*)(\*|\d+)?(?:\.(?:\*|\d+))?(hh?|ll?|[zjtL])?([a-zA-Z%])([A-Za-z]{0,4})?/g,
    (_all, flags, width, _length, kind, more = '') => {
      const alternate = flags.includes('#') ? '0x' : '';
      const padded = (digits: string): string =>
        flags.includes('0') && /^\d+$/.test(width ?? '') ? digits.padStart(Number(width), '0') : digits;
      switch (kind) {
        case 'd':
        case 'i':
        case 'u':
          return `7${more}`;
        case 'x':
        case 'X':
          return `${alternate}${padded('1a')}${more}`;
        case 'o':
          return `17${more}`;
        case 'c':
          return `D${more}`;
        case 's':
          return `xyz${more}`;
        case '%':
          return `%${more}`;
        case 'p':
          return pointer(more);
        default:
          return `7${more}`;
      }
    },
  );
}

function pointer(kind: string): string {
  if (/^[SB]/.test(kind)) return `xyz_store+0x1c/0x60 [driver_xyz]${kind.replace(/^[SBbRs]+/, '')}`;
  if (/^s/.test(kind)) return 'xyz_store';
  if (/^bl/.test(kind)) return '0-3';
  if (/^I4/.test(kind)) return '192.0.2.1';
  if (/^M/.test(kind)) return '00:00:5e:00:53:01';
  if (/^[dDg]/.test(kind)) return 'xyz';
  if (/^G/.test(kind)) return 'GFP_KERNEL';
  if (/^[hUE]/.test(kind)) return '00 11 22 33';
  return `00000000c0ffee00${/^[KxVap]/.test(kind) ? kind.slice(1) : kind}`;
}
