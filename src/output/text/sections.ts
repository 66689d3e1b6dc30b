import type { Code, Event, Frame, Stack } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';
import { cut, pad, wrap } from './cells.ts';
import type { TextOptions } from './event-table.ts';
import { frameText } from './frame.ts';
import { printable } from './printable.ts';

/** A titled block of an event's full view. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** The records that it was read from. */
  readonly records?: readonly number[];
  /** The record of each line, where lines have one each. */
  readonly each?: readonly (number | undefined)[];
}

/** Stacks with their labels; `?` where the kernel was not sure of a frame, an arrow at the culprit. */
export function stackSections(event: Event, { width, paint }: TextOptions): Section[] {
  const { stacks, culprit } = event;
  let pointed = false;
  return (stacks ?? []).map((stack, nth) => ({
    title: stackTitle(stack),
    records: recordsOf(event, `stacks.${nth}`),
    each: stack.frames.map((_, i) => recordsOf(event, `stacks.${nth}.frames.${i}`)[0]),
    lines: stack.frames.map((frame) => {
      const guilty = !pointed && culprit !== undefined && frame.reliable !== false && same(frame, culprit);
      pointed ||= guilty;
      const text = cut(`${frame.reliable === false ? '? ' : '  '}${frameText(frame)}${guilty ? '  <- culprit' : ''}`, width - 4);
      return guilty ? paint('culprit', text) : frame.reliable === false ? paint('muted', text) : text;
    }),
  }));
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

/** Registers in columns, in the order they were printed. */
export function registerSection(event: Event, { width }: TextOptions): Section[] {
  const entries = Object.entries(event.registers ?? {}).map(([n, v]) => [printable(n), printable(v)] as const);
  if (entries.length === 0) return [];
  const name = Math.max(...entries.map(([n]) => n.length));
  const value = Math.max(...entries.map(([, v]) => v.length));
  const columns = Math.max(1, Math.min(4, Math.floor((width - 4) / (name + value + 4))));
  const lines: string[] = [];
  for (let i = 0; i < entries.length; i += columns) {
    lines.push(
      entries
        .slice(i, i + columns)
        .map(([n, v]) => `${pad(n, name)}  ${v.padEnd(value)}`)
        .join('  ')
        .trimEnd(),
    );
  }
  return [{ title: 'Registers', lines, records: recordsOf(event, 'registers') }];
}

/** Instructions around the fault with their bytes, or the bytes alone where nothing was disassembled. */
export function codeSection(event: Event, options: TextOptions): Section[] {
  const { code } = event;
  if (!code) return [];
  const lines = code.instructions?.length ? listing(code, options) : wrap(printable(code.bytes), options.width - 4);
  return [{ title: 'Code', lines, records: recordsOf(event, 'code') }];
}

/** How many instructions before and after the fault a reader needs. */
const AROUND = 8;

function listing({ instructions = [] }: Code, { width, paint }: TextOptions): string[] {
  const at = instructions.findIndex((i) => i.faulting);
  const shown = at < 0 ? instructions : instructions.slice(Math.max(0, at - AROUND), at + AROUND + 1);
  const bytes = Math.min(30, Math.max(...shown.map((i) => i.bytes.length)));
  return shown.map((i) => {
    const line = cut(
      `${i.faulting ? '>' : ' '} ${i.offset.toString(16).padStart(3)}:  ${pad(cut(printable(i.bytes), bytes), bytes)}  ${printable(i.text)}`,
      width - 4,
    );
    return i.faulting ? paint('culprit', line) : line;
  });
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
