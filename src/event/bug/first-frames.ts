import type { Frame } from '../event.ts';
import type { Facts } from '../facts/facts.ts';

/**
 * The first trace. The function that the head names stands in it as well, behind the sanitizer's glue, so it comes last; where it does
 * not, the trace is another report's (two CPUs printed at once) or begins too late, and the head alone says who was caught.
 */
export const firstFrames = ({ stacks }: Facts, named: Frame | undefined): Frame[] => {
  const frames = stacks.filter((s) => s.trace === stacks[0]?.trace).flatMap((s) => s.frames);
  if (named === undefined) return frames;
  return frames.some(({ symbol }) => symbol === named.symbol) ? [...frames, named] : [named, ...frames];
};
