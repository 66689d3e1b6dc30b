import { type Arch, pointerBits } from '../../../decode/arch.ts';
import type { RegisterClass } from '../../../decode/register-class.ts';
import { archOfRegisters, isStateRegister, REGISTER_NAMES } from '../../../decode/register-names.ts';
import type { Event } from '../../../event/event.ts';
import { cells, wrap } from '../../../output/text/cells.ts';
import { frameText } from '../../../output/text/frame.ts';
import { printable } from '../../../output/text/printable.ts';
import { registerClasses } from '../../../output/text/register-classes.ts';
import { fill, type Line, type Span, span } from '../../line/line.ts';
import { recordOf } from '../record-of.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../tab.ts';
import { absent } from './absent.ts';

/** Registers in columns, each with what its value looks like; what only the value says carries a question mark. */
export const registersTab: Tab = {
  name: 'Registers',
  short: 'Regs',
  rows: (context) => {
    const { event, width } = context;
    if (event.registers === undefined) return absent(context, 'No registers were printed with this report.');
    const arch = archOfRegisters(event.registers);
    const classes = registerClasses(event, event.registers, arch);
    return fixed([
      ...pointerRow(context, arch),
      ...columnRows(context, event.registers, classes, arch),
      ...remarkRows(event, classes, width),
      ...legend(arch, classes),
    ]);
  },
};

/** Where the CPU was; its address is among the registers where the report prints one. */
function pointerRow(context: EventContext, arch: Arch | undefined): TabRow[] {
  const { at } = context.event;
  if (at === undefined) return [];
  const name = arch === undefined ? 'pc' : REGISTER_NAMES[arch].programCounter;
  const text = frameText(at);
  return [{ line: [' ', span(name, 'label'), ' ', span(text, 'title')], seq: recordOf(context.event, 'at'), yank: text, section: true }];
}

interface Part {
  readonly name: string;
  readonly seq: number | undefined;
  readonly value: string;
  readonly word: string;
  readonly role: 'guess' | 'dim' | 'title' | undefined;
}

/** What holds addresses and numbers, then what holds the state of the machine: flags, selectors, control registers. */
function columnRows(
  context: EventContext,
  registers: Readonly<Record<string, string>>,
  classes: ReadonlyMap<string, RegisterClass>,
  arch: Arch | undefined,
): TabRow[] {
  const names = Object.keys(registers);
  return [names.filter((name) => !isStateRegister(name)), names.filter(isStateRegister)].flatMap((group) =>
    inColumns(
      context,
      group.map((name) => ({
        name: printable(name),
        seq: recordOf(context.event, `registers.${name}`),
        value: valueText(name, registers[name]!, arch),
        ...classText(classes.get(name)),
      })),
    ),
  );
}

const GAP = 2;
/** A class is cut here. */
const WORD = 16;

/** In as many columns as fit, each as wide as its own widest. */
function inColumns(context: EventContext, parts: readonly Part[]): TabRow[] {
  if (parts.length === 0) return [];
  let columns = Math.min(6, parts.length);
  while (columns > 1 && widthsOf(parts, columns).reduce((sum, { all }) => sum + all + GAP, 1 - GAP) > context.width) columns--;
  const widths = widthsOf(parts, columns);
  const rows: TabRow[] = [];
  for (let i = 0; i < parts.length; i += columns) {
    const group = parts.slice(i, i + columns);
    const line = group.flatMap((part, n): (string | Span)[] => [
      ' '.repeat(n === 0 ? 1 : GAP),
      ...fill([span(part.name, 'label')], widths[n]!.name),
      ' ',
      ...fill([part.value], widths[n]!.value),
      ' ',
      ...fill([span(part.word, part.role)], widths[n]!.word),
    ]);
    rows.push({ line, seq: group[0]!.seq, yank: group.map((part) => `${part.name} ${part.value}`).join(' ') });
  }
  return rows;
}

function widthsOf(parts: readonly Part[], columns: number): { name: number; value: number; word: number; all: number }[] {
  return Array.from({ length: columns }, (_, n) => {
    const own = parts.filter((_part, i) => i % columns === n);
    const widest = (key: 'name' | 'value' | 'word'): number => Math.max(...own.map((part) => cells(part[key])));
    const [name, value, word] = [widest('name'), widest('value'), Math.min(WORD, widest('word'))];
    return { name, value, word, all: name + 1 + value + 1 + word };
  });
}

/** Addresses as wide as they are printed; state registers without the zeros that x86-64 has none of either. */
function valueText(name: string, value: string, arch: Arch | undefined): string {
  const digits = printable(value).replace(/^0x/, '');
  if (arch === undefined) return digits;
  return digits.padStart(isStateRegister(name) ? (/^[CDES]S$/.test(name) ? 4 : 8) : pointerBits(arch) / 4, '0');
}

const classText = (found: RegisterClass | undefined): Pick<Part, 'word' | 'role'> =>
  found === undefined
    ? { word: '', role: undefined }
    : { word: found.certain ? found.text : `${found.text}?`, role: found.remark ? 'title' : found.certain ? undefined : 'guess' };

/** Poison, error pointers and addresses that no pointer has, in words. */
function remarkRows(event: Event, classes: ReadonlyMap<string, RegisterClass>, width: number): TabRow[] {
  const rows = Object.keys(event.registers ?? {}).flatMap((name): TabRow[] => {
    const found = classes.get(name);
    if (found?.remark === undefined) return [];
    return wrap(printable(found.remark), width - 12).map((text, i) => ({
      line: [' ', span(i === 0 ? name.padEnd(8) : ' '.repeat(8), 'label'), ' ', span(text, found.certain ? undefined : 'guess')] as Line,
      seq: recordOf(event, `registers.${name}`),
    }));
  });
  return rows.length === 0 ? [] : [{ line: [] }, { line: [span(' Worth a look', 'label')], section: true }, ...rows];
}

function legend(arch: Arch | undefined, classes: ReadonlyMap<string, RegisterClass>): TabRow[] {
  if (arch === undefined) return [{ line: [] }, { line: [' ', span('Which architecture these are of is not known: values only.', 'dim')] }];
  const guessed = [...classes.values()].some(({ certain }) => !certain);
  return guessed ? [{ line: [] }, { line: [' ', span(`? inferred from the value and the memory map of ${arch}`, 'dim')] }] : [];
}
