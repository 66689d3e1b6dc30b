import type { Line } from '../common/line.ts';

/** A head whose line begins with free text (a comm, a file name). */
export const freeHead = (name: string, start: RegExp, ...reads: readonly RegExp[]): Line => ({
  name,
  printer: '',
  examples: [],
  start,
  reads,
  free: true,
});
