import type { Frame } from '../event.ts';
import type { Facts } from '../facts/facts.ts';

/** The first trace; the function that the head names stands in it as well, behind the sanitizer's glue, so it comes last. */
export const firstFrames = ({ stacks }: Facts, named: Frame | undefined): Frame[] => {
  const frames = stacks.filter((s) => s.trace === stacks[0]?.trace).flatMap((s) => s.frames);
  return named === undefined ? frames : [...frames, named];
};
