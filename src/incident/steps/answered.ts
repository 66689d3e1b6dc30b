import type { MachineFacts, NextStep } from '../../event/event.ts';

type IsThere = (machine: MachineFacts) => boolean;

const memory: IsThere = ({ memory }) => memory.length > 0;
const slabs: IsThere = ({ slabs = [] }) => slabs.length > 0;
const someWaits: IsThere = ({ stuck }) => stuck.some(({ what }) => what !== undefined);
/** Rows that every summary of the facts has. */
const SHOWN = 8;
const allWaits: IsThere = ({ stuck }) => stuck.length > 0 && stuck.length <= SHOWN && stuck.every(({ what }) => what !== undefined);
/** Beside the CPU whose stack is there none did anything. */
const onlyIdle: IsThere = ({ stack, panic, cpus }) => stack !== undefined && cpus.every(({ idle, cpu }) => idle || cpu === panic?.cpu);

/** Commands whose answer the facts of the memory are, and whether they are there. */
const ANSWERED: readonly (readonly [command: RegExp, isThere: IsThere])[] = [
  [/^sys$/, memory],
  [/^bt$/, ({ stack }) => stack !== undefined],
  [/^bt -a$|^bt -c \d+$/, ({ cpus }) => cpus.length > 0],
  [/^ps -m$|^foreach UN bt$|^\[print\(t\.pid/, someWaits],
  [/^kmem -i$/, memory],
  [/^kmem -s$/, slabs],
  [/^ps -G$/, ({ largest }) => largest.length > 0],
  [/^lastkmsg inspect .* stuck$/, allWaits],
  [/^lastkmsg inspect .* bt -a$/, onlyIdle],
  [/^lastkmsg inspect .* kmem -i$/, memory],
  [/^lastkmsg inspect .* kmem -s$/, slabs],
];

/** An object of a slab cache that a register points to. */
const POINTER = /^kmem (0x[0-9a-f]+)$/;

/** Whether a step would only show what was read from the memory of the dump already. */
export function isAnswered({ command }: NextStep, machine: MachineFacts | undefined): boolean {
  if (machine === undefined) return false;
  const pointer = POINTER.exec(command)?.[1];
  if (pointer !== undefined) return machine.objects?.some(({ address, isFree }) => address === pointer && isFree !== undefined) ?? false;
  return ANSWERED.some(([pattern, isThere]) => pattern.test(command) && isThere(machine));
}
