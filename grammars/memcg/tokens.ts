import { createToken, type TokenType } from 'chevrotain';
import { freeText, keyedText, onlyFirst, type Reach, toLineEnd, upToFirst, upToLast } from '../oom/lexing.ts';
import { Blank, Colon, Comma, Equals, Key, Num, Other, Unit } from '../oom/tokens.ts';

export { Blank, Colon, Comma, Equals, Key, Num, Other, Unit };

/** `memory`, `memory+swap`, `kmem`, `swap`: what the page counter counts. */
export const CounterName = freeText('CounterName', onlyFirst(upToFirst(': usage ')));

/** `Task in /a killed as a result of limit of /b`: each path up to the words that follow it. */
export const TaskIn = keyedText('TaskIn', 'Task in ', upToFirst(' killed as a result of limit of', ' killed'));
export const LimitOf = keyedText('LimitOf', 'killed as a result of limit of ', toLineEnd);

/** The path ends at the last colon that stands at the line's end or before the first counter: a path may hold colons. */
const statsPath: Reach = (line, offset) => {
  const counters = /: *\w+:\d+KB/.exec(line.slice(offset));
  if (counters) return offset + counters.index;
  return line.trimEnd().endsWith(':') ? line.trimEnd().length - 1 : upToLast(':')(line, offset);
};
export const StatsFor = keyedText('StatsFor', 'Memory cgroup stats for ', statsPath);
export const Stats = createToken({ name: 'Stats', pattern: /Memory cgroup stats(?=:)/, line_breaks: false });
export const Protection = createToken({ name: 'Protection', pattern: /(?:Memory cgroup )?(?:min|low) protection/, line_breaks: false });

const REST: readonly TokenType[] = [Blank, Num, Unit, Key, Colon, Equals, Comma, Other];

export const MODES: Record<string, readonly TokenType[]> = {
  fields: REST,
  counter: [CounterName, ...REST],
  killed: [TaskIn, LimitOf, ...REST],
  stats: [StatsFor, Stats, ...REST],
  protection: [Protection, ...REST],
};
