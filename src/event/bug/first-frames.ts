import type { Frame } from '../event.ts';
import type { Facts } from '../facts/facts.ts';

/** The first trace, then the function that the head names: the trace has it too, with its offset, below the sanitizer's own frames. */
export const firstFrames = ({ stacks }: Facts, named: Frame | undefined): Frame[] => {
  const frames = stacks.filter((s) => s.trace === stacks[0]?.trace).flatMap((s) => s.frames);
  return named === undefined ? frames : [...frames, named];
};
