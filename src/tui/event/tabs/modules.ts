import { decodeModuleTaint } from '../../../decode/taint.ts';
import type { Event, Module } from '../../../event/event.ts';
import { cells } from '../../../output/text/cells.ts';
import { printable } from '../../../output/text/printable.ts';
import { cutMiddle, fill, type Line, type Span, span } from '../../line/line.ts';
import { count } from '../../line/numbers.ts';
import { recordOf } from '../record-of.ts';
import { type EventContext, fixed, type Tab, type TabRow } from '../tab.ts';
import { absent } from './absent.ts';

/** What was loaded, and what its letters mean. */
export const modulesTab: Tab = {
  name: 'Modules',
  short: 'Mods',
  rows: (context) => {
    const { modules = [], taint } = context.event;
    const meanings = taintRows(context.event);
    if (modules.length === 0) {
      const none = absent(context, 'No list of modules was printed with this report.');
      return none === undefined ? undefined : fixed([...Array.from({ length: none.count }, (_, i) => none.row(i)), ...meanings]);
    }
    const tainting = modules.filter((module) => module.taint).length;
    const head = `${count(modules.length)} modules${tainting > 0 ? `, ${count(tainting)} with taint` : ''}${taint === undefined ? '' : ` · kernel: ${taint.raw.replace(/\s+/g, ' ')}`}`;
    return fixed([{ line: [' ', span(printable(head), 'label')], section: true }, ...nameRows(context, modules), ...meanings]);
  },
};

const GAP = 2;
/** A module's name, at most. */
const WIDEST = 28;

/** Names in as many columns as fit, in the order printed: the module loaded last comes first. */
function nameRows(context: EventContext, modules: readonly Module[]): TabRow[] {
  const guilty = new Set([context.event.culprit?.module, context.event.at?.module]);
  const names = modules.map(textOf);
  const width = Math.min(WIDEST, Math.max(...names.map(cells)));
  const columns = Math.max(1, Math.floor((context.width - 1 + GAP) / (width + GAP)));
  const seq = recordOf(context.event, 'modules');
  const rows: TabRow[] = [];
  for (let i = 0; i < modules.length; i += columns) {
    const line: Line = modules
      .slice(i, i + columns)
      .flatMap((module, n): (string | Span)[] => [
        ' '.repeat(n === 0 ? 1 : GAP),
        ...fill(
          [span(cutMiddle(names[i + n]!, width), guilty.has(module.name) ? 'culprit' : module.taint ? 'degraded' : undefined)],
          width,
        ),
      ]);
    rows.push({
      line,
      seq,
      yank: modules
        .slice(i, i + columns)
        .map(({ name }) => printable(name))
        .join(' '),
    });
  }
  return rows;
}

const textOf = ({ name, taint, size }: Module): string =>
  printable(`${name}${taint ? ` (${taint})` : ''}${size === undefined ? '' : ` ${count(size)}`}`);

/** Each letter of the kernel's and the modules' taint once. */
function taintRows(event: Event): TabRow[] {
  const { taint, modules = [] } = event;
  const letters = new Map((taint?.flags ?? []).map((flag) => [flag.letter, flag]));
  const marks = new Set(modules.flatMap((module) => [...(module.taint ?? '')]));
  for (const flag of decodeModuleTaint([...marks].join(''))) if (!letters.has(flag.letter)) letters.set(flag.letter, flag);
  const rows = [...letters.values()].map(
    ({ letter, name, meaning }): TabRow => ({
      line: ['   ', span(printable(letter), 'title'), '  ', span(printable(name).padEnd(22), 'dim'), ' ', printable(meaning)],
      seq: recordOf(event, taint?.flags.some((flag) => flag.letter === letter) ? 'taint' : 'modules'),
    }),
  );
  if (marks.has('+')) rows.push({ line: ['   ', span('+', 'title'), '  being loaded'] });
  if (marks.has('-')) rows.push({ line: ['   ', span('-', 'title'), '  being unloaded'] });
  return rows.length === 0 ? [] : [{ line: [] }, { line: [span(' Taint', 'label')], section: true }, ...rows];
}
