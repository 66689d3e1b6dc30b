import { isSea } from 'node:sea';

/** What starts this lastkmsg again: the executable alone, or node and its script. */
export const self = (): readonly [program: string, ...args: string[]] =>
  isSea() || process.argv[1] === undefined ? [process.execPath] : [process.execPath, process.argv[1]];
