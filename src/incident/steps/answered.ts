import type { MachineFacts, NextStep } from '../../event/event.ts';

/** Commands whose answer the facts of the memory are, and whether they are there. */
const ANSWERED: readonly (readonly [command: RegExp, isThere: (machine: MachineFacts) => boolean])[] = [
  [/^sys$/, ({ memory }) => memory.length > 0],
  [/^bt$/, ({ stack }) => stack !== undefined],
  [/^bt -a$|^bt -c \d+$/, ({ cpus }) => cpus.length > 0],
  [/^ps -m$|^foreach UN bt$|^\[print\(t\.pid/, ({ stuck }) => stuck.some(({ what }) => what !== undefined)],
  [/^kmem -i$/, ({ memory }) => memory.length > 0],
  [/^ps -G$/, ({ largest }) => largest.length > 0],
];

/** Whether a step would only show what was read from the memory of the dump already. */
export const isAnswered = ({ command }: NextStep, machine: MachineFacts | undefined): boolean =>
  machine !== undefined && ANSWERED.some(([pattern, isThere]) => pattern.test(command) && isThere(machine));
