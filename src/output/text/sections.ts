import { archOfRegisters } from '../../decode/register-names.ts';
import type { Code, Event, Frame, Stack } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';
import { cut, pad, wrap } from './cells.ts';
import type { TextOptions } from './event-table.ts';
import { frameText } from './frame.ts';
import { printable } from './printable.ts';
import { registerClasses } from './register-classes.ts';
import type { Role } from './theme.ts';

/** A titled block of an event's full view. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** The records that it was read from. */
  readonly records?: readonly number[];
  /** What each line is, where that is said by colour. */
  readonly roles?: readonly (Role | undefined)[];
  /** The record of each line, where lines have one each. */
  readonly each?: readonly (number | undefined)[];
}

/** Stacks with their labels: where the CPU was before the first, `?` where the kernel was not sure of a frame, an arrow at the culprit. */
export function stackSections(event: Event, { width, paint }: TextOptions): Section[] {
  const { stacks, culprit, at } = event;
  let pointed = false;
  return (stacks ?? []).map((stack, nth) => {
    // what the CPU was at is no frame of the trace on most machines, and is what everybody looks for in it
    const before = nth === 0 && at?.symbol !== undefined && stack.frames[0]?.symbol !== at.symbol ? [at] : [];
    const rows = [...before, ...stack.frames].map((frame, i) => {
      const guilty = !pointed && culprit !== undefined && frame.reliable !== false && same(frame, culprit);
      pointed ||= guilty;
      const mark = i < before.length ? '> ' : frame.reliable === false ? '? ' : '  ';
      const role = guilty ? 'culprit' : frame.reliable === false ? 'muted' : undefined;
      return { text: cut(`${mark}${frameText(frame)}${guilty ? '  <- culprit' : ''}`, width - 4), role } as const;
    });
    return {
      title: stackTitle(stack),
      records: recordsOf(event, `stacks.${nth}`),
      each: [
        ...before.map(() => recordsOf(event, 'at')[0]),
        ...stack.frames.map((_, i) => recordsOf(event, `stacks.${nth}.frames.${i}`)[0]),
      ],
      roles: rows.map(({ role }) => role),
      lines: rows.map(({ text, role }) => (role === undefined ? text : paint(role, text))),
    };
  });
}

function stackTitle({ label, context, pid, cpu }: Stack): string {
  const place = [
    pid === undefined ? undefined : `pid ${pid}`,
    cpu === undefined ? undefined : `CPU ${cpu}`,
    context === 'task' ? undefined : context,
  ].filter((p) => p !== undefined);
  return printable(`${label ?? 'Call trace'}${place.length ? ` (${place.join(', ')})` : ''}`);
}

const same = (a: Frame, b: Frame): boolean => a.symbol === b.symbol && (b.offset === undefined || a.offset === b.offset);

/** Registers in columns, in the order they were printed, each with what its value looks like; `?` where only the value says so. */
export function registerSection(event: Event, { width }: TextOptions): Section[] {
  const { registers = {} } = event;
  const arch = archOfRegisters(registers);
  const classes = registerClasses(event, registers, arch);
  const entries = Object.entries(registers).map(([name, value]) => {
    const found = classes.get(name);
    return { name: printable(name), value: printable(value), word: found ? cut(`${found.text}${found.certain ? '' : '?'}`, WORD) : '' };
  });
  if (entries.length === 0) return [];
  const widest = (key: 'name' | 'value' | 'word'): number => Math.max(...entries.map((entry) => entry[key].length));
  const [name, value, word] = [widest('name'), widest('value'), widest('word')];
  const columns = Math.max(1, Math.min(4, Math.floor((width - 4) / (name + value + word + 5))));
  const lines: string[] = [];
  for (let i = 0; i < entries.length; i += columns) {
    lines.push(
      entries
        .slice(i, i + columns)
        .map((entry) => `${pad(entry.name, name)}  ${entry.value.padEnd(value)} ${pad(entry.word, word)}`)
        .join('  ')
        .trimEnd(),
    );
  }
  const remarks = Object.keys(registers).flatMap((name) => {
    const remark = classes.get(name)?.remark;
    return remark === undefined ? [] : wrap(`${printable(name)}: ${printable(remark)}`, width - 4);
  });
  const guessed = [...classes.values()].some(({ certain }) => !certain);
  const legend = guessed ? [`? inferred from the value and the memory map of ${arch}`] : [];
  return [{ title: 'Registers', lines: [...lines, ...remarks, ...legend], records: recordsOf(event, 'registers') }];
}

/** A class is cut here. */
const WORD = 16;

/** Instructions around the fault with their bytes, or the bytes alone where nothing was disassembled. */
export function codeSection(event: Event, options: TextOptions): Section[] {
  const { code } = event;
  if (!code) return [];
  const records = recordsOf(event, 'code');
  if (!code.instructions?.length) return [{ title: 'Code', lines: wrap(printable(code.bytes), options.width - 4), records }];
  return [{ title: 'Code', ...listing(code, options), records }];
}

/** How many instructions before and after the fault a reader needs. */
const AROUND = 8;

function listing({ instructions = [] }: Code, { width, paint }: TextOptions): Pick<Section, 'lines' | 'roles'> {
  const at = instructions.findIndex((i) => i.faulting);
  const shown = at < 0 ? instructions : instructions.slice(Math.max(0, at - AROUND), at + AROUND + 1);
  const bytes = Math.min(30, Math.max(...shown.map((i) => i.bytes.length)));
  const lines = shown.map((i) => {
    const line = cut(
      `${i.faulting ? '>' : ' '} ${i.offset.toString(16).padStart(3)}:  ${pad(cut(printable(i.bytes), bytes), bytes)}  ${printable(i.text)}`,
      width - 4,
    );
    return i.faulting ? paint('culprit', line) : line;
  });
  return { lines, roles: shown.map((i) => (i.faulting ? 'culprit' : undefined)) };
}

/** Loaded modules and held locks, as printed. */
export function listSections(event: Event, { width }: TextOptions): Section[] {
  const { modules, locks } = event;
  const names = (modules ?? []).map((m) => printable(m.taint ? `${m.name}(${m.taint})` : m.name)).join(' ');
  return [
    ...(locks?.length
      ? [
          {
            title: 'Locks',
            lines: locks.map((l) => cut(printable(l.text), width - 4)),
            records: recordsOf(event, 'locks'),
            each: locks.map((_, i) => recordsOf(event, `locks.${i}`)[0]),
          },
        ]
      : []),
    ...(names ? [{ title: 'Modules', lines: wrap(names, width - 4), records: recordsOf(event, 'modules') }] : []),
  ];
}

/** The report's own records, where `--raw` asked for them. */
export function rawSection({ raw }: Event): Section[] {
  return raw?.length
    ? [
        {
          title: 'Records',
          lines: raw.flatMap((r) =>
            r.text.split('\n').map((t) => `${r.time === undefined ? '' : `[${r.time.toFixed(6).padStart(12)}] `}${printable(t)}`),
          ),
        },
      ]
    : [];
}
