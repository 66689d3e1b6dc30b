import type { Event, Lock } from '../../../event/event.ts';
import { taskName } from '../../../event/task-name.ts';
import { cells, wrap } from '../../../output/text/cells.ts';
import { frameText } from '../../../output/text/frame.ts';
import { printable } from '../../../output/text/printable.ts';
import { type Column, heads, row, widthsOf } from '../../line/columns.ts';
import { type Line, span } from '../../line/line.ts';
import { MEDIUM } from '../../screens/layout.ts';
import { recordOf } from '../record-of.ts';
import { fixed, type Tab, type TabRow } from '../tab.ts';

/** Who wanted and held which lock, and in which order two CPUs would have to take them to stop each other. */
export const locksTab: Tab = {
  name: 'Locks',
  short: 'Lock',
  rows: (context) => {
    const { event } = context;
    const scenario = scenarioRows(event, context.width);
    if (!event.locks?.length && scenario.length === 0) return undefined;
    return fixed([...lockRows(event, context.width), ...scenario]);
  },
};

function lockRows(event: Event, width: number): TabRow[] {
  const { locks = [] } = event;
  if (locks.length === 0) return [];
  const roomy = width >= MEDIUM;
  const widest = (texts: readonly string[], most: number): number => Math.min(most, Math.max(4, ...texts.map(cells))) + AIR;
  const names = locks.map((lock) => printable(lock.name ?? lock.text));
  const columns: Column[] = [
    { head: '', width: 8 },
    { head: '#', width: 3, align: 'right' },
    { head: 'lock', width: widest(names, Math.floor(width * 0.4)), cut: 'middle' },
    ...(roomy
      ? ([
          {
            head: 'usage',
            width: widest(
              locks.map(({ usage = '' }) => usage),
              20,
            ),
          },
        ] as const)
      : []),
    { head: 'taken at', cut: 'middle' },
  ];
  const widths = widthsOf(columns, width - 1);
  const lineOf = (lock: Lock, i: number): Line => {
    const usage = roomy ? [span(printable(lock.usage ?? ''), 'dim')] : [];
    const name = span(names[i]!, lock.role === 'wanted' ? 'culprit' : undefined);
    const depth = lock.depth === undefined ? '' : `${lock.depth}`;
    return [' ', ...row(columns, widths, [lock.role ?? '', depth, name, ...usage, placeOf(lock)])];
  };
  return [
    { line: [' ', ...heads(columns, widths)] },
    ...locks.flatMap((lock, i): TabRow[] => {
      const group = groupOf(lock);
      const own: TabRow = { line: lineOf(lock, i), seq: recordOf(event, `locks.${i}`), yank: printable(lock.text) };
      // a task's locks stand together under its name
      const again = i > 0 && group === groupOf(locks[i - 1]!);
      return again ? [own] : [{ line: [' ', span(group, 'label')], section: true, seq: own.seq }, own];
    }),
  ];
}

/** Blanks that a column has beside the gap. */
const AIR = 1;

function groupOf({ comm, pid, role }: Lock): string {
  const who = taskName(comm, pid);
  if (who !== undefined) return printable(who);
  return role === 'chain' ? 'Dependencies; their stacks are in [Trace]' : 'Already taken';
}

/** Without the symbol's size: the offset finds the line. */
const placeOf = ({ at }: Lock): string => (at === undefined ? '' : frameText({ ...at, size: undefined }));

interface Step {
  readonly cpu: number;
  readonly step: string;
}

/** The kernel's own drawing: a column a CPU, a line a step. kernel/locking/lockdep.c print_*_scenario() */
function scenarioRows(event: Event, width: number): TabRow[] {
  const steps = event.details?.scenario;
  if (!Array.isArray(steps)) return [];
  const known = steps.filter(
    (step): step is Step & Record<string, string | number> => typeof step === 'object' && 'cpu' in step && 'step' in step,
  );
  const cpus = [...new Set(known.map(({ cpu }) => cpu))].sort((a, b) => a - b);
  const column = Math.max(12, Math.floor((width - 4) / Math.max(1, cpus.length)));
  const lineOf = (cpu: number, text: string): string => ' '.repeat(cpus.indexOf(cpu) * column) + text;
  return [
    { line: [] },
    { line: [span(' Possible unsafe locking scenario', 'label')], section: true },
    {
      line: [
        '   ',
        span(
          cpus
            .map((cpu) => `CPU${cpu}`.padEnd(column))
            .join('')
            .trimEnd(),
          'dim',
        ),
      ],
    },
    ...known.flatMap(({ cpu, step }, i) =>
      wrap(printable(step), column - 2).map(
        (text): TabRow => ({ line: ['   ', lineOf(cpu, text)], seq: recordOf(event, `details.scenario.${i}.step`) }),
      ),
    ),
    { line: ['   ', span('*** DEADLOCK ***', 'fatal')] },
  ];
}
