import type { Event, Frame, Stack } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import { countText } from '../../event/oom/size-text.ts';
import { taskName } from '../../event/task-name.ts';
import { bareSymbol } from '../../signature/bare-symbol.ts';

/** Notes the fields that a sentence names, by their paths. */
export type Cite = (...paths: readonly string[]) => void;
export type Phrase = (event: Event, cite: Cite) => string;

/** `fault_null [driver_xyz]`. */
export const functionText = (frame: Frame | undefined): string | undefined =>
  frame === undefined
    ? undefined
    : frame.symbol === undefined
      ? frame.address
      : `${bareSymbol(frame.symbol)}${frame.module === undefined ? '' : ` [${frame.module}]`}`;

/** `kworker/u4:0[7]`; `the idle task`, as the name `swapper/1` says no more than the CPU. */
export const taskText = ({ task }: Event): string | undefined => (task?.pid === 0 ? 'the idle task' : taskName(task?.comm, task?.pid));

/** `in java[130] on CPU 0`, as far as it is known. */
export function whereText(event: Event): string {
  const task = taskText(event);
  // what asks a stuck CPU for its stack, an NMI or the timer's interrupt, is not what it was stuck in
  const asked = isKindOf(event.kind, 'stuck');
  const isOwn = ({ context: c, frames }: Stack): boolean =>
    !asked || (c !== 'nmi' && frames.some(({ symbol }) => symbol !== undefined && symbol === event.culprit?.symbol));
  const context = event.stacks?.find((stack) => stack.context !== 'task' && stack.context !== 'exception' && isOwn(stack))?.context;
  const inside =
    context === undefined || event.stacks?.[0]?.context !== context ? task : `${context === 'nmi' ? 'an NMI' : `${context} context`}`;
  return [inside && `in ${inside}`, event.task?.cpu === undefined ? undefined : `on CPU ${event.task.cpu}`].filter(Boolean).join(' ');
}

/** `3.7 s`, `12 min`, `5 h`: as coarse as a sentence needs it. */
export function secondsText(seconds: number): string {
  if (seconds < 0.001) return 'under 1 ms';
  if (seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${countText(Math.round(seconds / 3600))} h`;
}

/** `java 5, python 2`, most first, at most so many names. */
export function tally(names: Iterable<string>, most = 4): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const rest = sorted.length - most;
  return [
    ...sorted.slice(0, most).map(([name, n]) => (n === 1 ? name : `${name} ${countText(n)}×`)),
    ...(rest > 0 ? [`${countText(rest)} more`] : []),
  ].join(', ');
}

/** A sentence begins with a capital, unless it begins with a name: `fault_null`, `java[130]`. */
export const capital = (text: string): string =>
  /^(?:an?|the|some|somebody|every|no|what|nothing|kernel) /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
