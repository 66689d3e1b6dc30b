import type { TextForm } from '../forms.ts';
import { MESSAGES } from '../json/message.ts';
import { peel } from '../peel/peeler.ts';
import { stripColours } from '../prefix/colour.ts';
import { damageOf } from '../repair/damage.ts';
import { repaired } from '../repair/repair.ts';
import { LONG, linesWithin } from '../route/one-line.ts';
import { isText } from './is-text.ts';
import { type Layout, PLAIN_LAYOUT } from './layout.ts';
import { PSTORE_HEADER, SIGNS, STAMP_BEHIND_WALL, TAGGED } from './line-kinds.ts';
import { plainLayout } from './plain-layout.ts';
import { taggedLayout } from './tagged-layout.ts';

/** How much of a log the sniffer looks at, in bytes. */
export const HEAD_BYTES = 1 << 16;
/** Lines of the head that are looked at: enough to outvote odd ones. */
const HEAD_LINES = 600;
/** The share of lines that must bear the sign of a container. */
const SHARE = 0.3;
const RAMOOPS_MAGIC = 'DBGC'; // PERSISTENT_RAM_SIG 0x43474244, fs/pstore/ram_core.c

/**
 * What text these first bytes are, or undefined where they are not a text. The name decides only what bytes cannot:
 * `vmcore-dmesg.txt` looks like any dmesg.
 */
export function sniffText(head: Buffer, name: string): TextForm | undefined {
  if (isRamoops(head)) return 'ramoops';
  if (!isText(head.subarray(0, HEAD_BYTES))) return undefined;
  return sniffLayout(head, name).form;
}

/** The layout of a text. `form` is what the user says it is, or what was sniffed before. */
export function sniffLayout(head: Buffer, name: string, form?: TextForm): Layout {
  if (form === undefined && isRamoops(head)) return { ...PLAIN_LAYOUT, form: 'ramoops' };
  const raw = headLines(head).flatMap((line) => (line.length > LONG ? (linesWithin(line) ?? [line]) : [line]));
  const coloured = isColoured(raw);
  const lines = bared(coloured ? raw.map(stripColours) : raw);
  if (form === undefined) {
    const container = lines.slice(0, 4).some((l) => PSTORE_HEADER.test(l)) ? 'pstore' : containerOf(lines);
    if (container !== undefined) return { ...PLAIN_LAYOUT, coloured, form: container };
  }
  const crlf = head.toString('latin1', 0, HEAD_BYTES).includes('\r\n');
  const tagged = form === undefined || form === 'journal' || form === 'syslog' ? taggedLayout(lines, coloured) : undefined;
  const layout = tagged?.mostlyTagged
    ? {
        ...tagged,
        other: plainLayout(
          lines.filter((l) => !TAGGED.test(l)),
          coloured,
          crlf,
          name,
        ),
      }
    : { ...plainLayout(lines, coloured, crlf, name), other: tagged };
  return form === undefined ? layout : { ...layout, form, mostlyTagged: form === 'journal' || form === 'syslog' };
}

/** The lines without what programs and people put before them, undamaged: what their own forms are. */
function bared(lines: readonly string[]): readonly string[] {
  const damage = damageOf(lines.join('\n'));
  return lines.map((raw) => {
    const line = damage === undefined ? raw : repaired(raw, damage);
    const carried = IN_JSON.test(line) ? MESSAGE.exec(line)?.groups?.inner : undefined;
    if (carried !== undefined && TAGGED.test(carried)) return carried;
    const found = peel(line);
    // a clock that capturing programs put before a stamp is read with it
    if (found === undefined || found.layers.length === 0 || STAMP_BEHIND_WALL.test(line)) return line;
    // a name behind a clock may be syslog's host
    if (found.layers.some(({ kind }) => kind === 'name')) return line;
    if (found.start !== 'tag') return line.slice(found.pos);
    // a clock before the tag is syslog's own
    const clock = found.layers.findIndex(({ kind }) => kind === 'clock');
    return clock > 0 ? line.slice(found.layers[clock - 1]?.end ?? 0) : line;
  });
}

/** A line of syslog in an object of a log store, whatever else the object says. */
const MESSAGE = new RegExp(String.raw`"(?:${MESSAGES.join('|')})"\s?: ?"(?<inner>(?:[^"\\]|\\.)*)`);
const IN_JSON = /^\s*[{"]/;

const isRamoops = (head: Buffer): boolean => head.length >= 12 && head.toString('latin1', 0, 4) === RAMOOPS_MAGIC;

function containerOf(lines: readonly string[]): TextForm | undefined {
  const votes = new Map<TextForm, number>();
  for (const line of lines) {
    // a time in brackets, as on nearly every line of a log: none of them begins so
    if (line.charCodeAt(0) === 0x5b && line.charCodeAt(1) !== 0x7b) continue;
    const sign = SIGNS.find(([, pattern]) => pattern.test(line));
    if (sign !== undefined) votes.set(sign[0], (votes.get(sign[0]) ?? 0) + 1);
  }
  const best = [...votes].sort((a, b) => b[1] - a[1])[0];
  return best !== undefined && best[1] >= lines.length * SHARE ? best[0] : undefined;
}

/** The lines of the head that are whole and not empty; its only line, when it has one. */
export function headLines(head: Buffer): string[] {
  const text = head.toString('latin1', 0, HEAD_BYTES);
  const lines = text.split(text.includes('\0') ? /[\n\0]/ : '\n', HEAD_LINES + 1);
  if (lines.length > 1 && (head.length >= HEAD_BYTES || lines.length > HEAD_LINES)) lines.pop();
  const cut = lines.map((l) => (l.length > 8192 ? l.slice(0, 8192) : l));
  return (text.includes('\r') ? cut.map((l) => l.replace(/^\r+|\r+$/g, '')) : cut).filter((l) => l !== '');
}

/** dmesg and journalctl end what they paint: colours on many lines, each with its end. */
function isColoured(lines: readonly string[]): boolean {
  if (!lines.some((l) => l.includes('\x1b'))) return false;
  const painted = lines.filter((l) => /^(?:\w+ *:\w+ *: )?\x1b\[\d/.test(l) || /kernel: (?:\x1b\[[\d;]*m)+.*\x1b\[0m$/.test(l)).length;
  return painted >= 2 && painted * 20 >= lines.length;
}
