import type { Line } from '../common/line.ts';

export type HeadRule = Line;

const row = (name: string, start: RegExp): Line => ({ name, printer: '', examples: [], start });

/** `start` is how the line begins; `reads` take the line apart, the first that fits. */
export const head = (name: string, start: RegExp, ...reads: readonly RegExp[]): Line => ({ ...row(name, start), reads });
/** The title of a stack. */
export const stackHead = (name: string, start: RegExp): Line => ({ ...row(name, start), stack: true });
