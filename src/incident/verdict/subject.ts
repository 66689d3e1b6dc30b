import type { Event } from '../../event/event.ts';
import { functionText, type Phrase, taskText, whereText } from './words.ts';

/** A bare address names no code. */
export const code: Phrase = ({ culprit, at }, cite) => {
  cite(culprit?.symbol === undefined ? 'at' : 'culprit');
  return functionText([culprit, at].find((f) => f?.symbol !== undefined)) ?? 'kernel code';
};
export const isNamed = ({ culprit, at }: Event): boolean => culprit?.symbol !== undefined || at?.symbol !== undefined;

/** Where the CPU was, when that is not the function to blame: a helper called by it. */
export const inside: Phrase = (event, cite) => {
  const [at, culprit] = [event.at?.symbol, event.culprit?.symbol];
  if (at === undefined || culprit === undefined || at === culprit) return '';
  cite('at');
  return ` (in ${functionText(event.at)})`;
};
export const TASK = ['task.pid', 'task.comm'] as const;
export const who: Phrase = (event, cite) => {
  cite(...TASK);
  return taskText(event) ?? '';
};
export const where: Phrase = (event, cite) => {
  cite(...TASK, 'task.cpu');
  const text = whereText(event);
  return text === '' ? '' : ` ${text}`;
};
export const running: Phrase = (event, cite) => (taskText(event) === undefined ? '' : `, running ${who(event, cite)}`);
export const cpu: Phrase = ({ task }, cite) => {
  cite('task.cpu');
  return `CPU ${task?.cpu ?? '?'}`;
};
/** A title without its prefix, as part of a sentence. */
export const titled: Phrase = (event, cite) => {
  const { culprit } = event;
  if (culprit?.symbol !== undefined && event.title.includes(culprit.symbol)) cite('culprit');
  const title = event.title.replace(/^(?:BUG|WARNING|PANIC): (?=\w)/, '').replace(/\.+$/, '');
  return `${/^[a-z]+ /.test(title) ? title.charAt(0).toUpperCase() : title.charAt(0)}${title.slice(1)}${where(event, cite)}`;
};

/** `, in java[130] on CPU 0`: behind a sentence of several parts. */
export const placed: Phrase = (event, cite) => {
  const text = where(event, cite);
  return text === '' ? '' : `,${text}`;
};
