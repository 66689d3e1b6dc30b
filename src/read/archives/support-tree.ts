import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in the first folder of an unpacked sos report, and of a supportconfig. */
const MARKS: readonly (readonly string[])[] = [
  ['sos_commands', 'sos_logs'],
  ['sos_commands', 'version.txt'],
  ['basic-environment.txt', 'supportconfig.txt'],
  ['basic-environment.txt', 'boot.txt'],
];

/** Whether a directory is what sos or supportconfig gathers of a machine: thousands of texts, some of which are kernel logs. */
export const isSupportTree = (dir: string): boolean => MARKS.some((names) => names.every((name) => existsSync(join(dir, name))));
