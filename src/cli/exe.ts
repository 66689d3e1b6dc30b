/** The single executable: one file that is `vmcore-dmesg` where it is called so, as busybox does it. */
import { basename } from 'node:path';
import { lastkmsg, vmcoreDmesg } from './binaries.ts';
import { optimiseLate } from './start/optimise-late.ts';

optimiseLate();
const binary = basename(process.argv[1] ?? '') === 'vmcore-dmesg' ? vmcoreDmesg : lastkmsg;
binary(process.argv.slice(2));
