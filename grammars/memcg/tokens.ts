import { createToken, type TokenType } from 'chevrotain';
import { FIELDS } from '../oom/field-tokens.ts';
import { freeText, keyedText, onlyFirst, type Reach, toLineEnd, upToFirst, upToLast } from '../oom/free-text.ts';

/** `memory`, `memory+swap`, `kmem`, `swap`: what the page counter counts. */
export const CounterName = freeText('CounterName', onlyFirst(upToFirst(': usage ')));

/** `Task in /a killed as a result of limit of /b`: each path up to the words that follow it. */
export const TaskIn = keyedText('TaskIn', 'Task in ', upToFirst(' killed as a result of limit of', ' killed'));
export const LimitOf = keyedText('LimitOf', 'killed as a result of limit of ', toLineEnd);
export const TasksIn = keyedText('TasksIn', 'Tasks in ', upToLast(' are going to be killed'));

/** The path ends at the last colon that stands at the line's end or before the first counter: a path may hold colons. */
const statsPath: Reach = (line, offset) => {
  const counters = /: *\w+:\d+KB/.exec(line.slice(offset));
  if (counters) return offset + counters.index;
  return line.trimEnd().endsWith(':') ? line.trimEnd().length - 1 : upToLast(':')(line, offset);
};
export const StatsFor = keyedText('StatsFor', 'Memory cgroup stats for ', statsPath);
export const Stats = createToken({ name: 'Stats', pattern: /Memory cgroup stats(?=:)/, line_breaks: false });

export const MODES: Readonly<Record<string, readonly TokenType[]>> = {
  fields: FIELDS,
  counter: [CounterName, ...FIELDS],
  killed: [TaskIn, LimitOf, TasksIn, ...FIELDS],
  stats: [StatsFor, Stats, ...FIELDS],
};
