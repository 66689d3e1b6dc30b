import { type Deadline, deadlineIn, stoppedAfter } from '../../dump/open/deadline.ts';
import { UsageError } from '../exit.ts';

/** What `--max-time` says, from now on. @throws UsageError */
export function maxTime(text: string): Deadline {
  if (!/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) throw new UsageError(`--max-time takes seconds; not ${text}`);
  return deadlineIn(Number(text));
}

/** What is said of inputs that no time was left for. */
export const notRead = (inputs: number, deadline: Deadline): string =>
  `${inputs} ${inputs === 1 ? 'input was' : 'inputs were'} not read: ${stoppedAfter(deadline)}`;
