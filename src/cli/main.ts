#!/usr/bin/env node
/** The `lastkmsg` binary. `dmesg` starts at once; everything else loads the command line library and then its command. */
import { runCommand } from './exit.ts';

const [command, ...rest] = process.argv.slice(2);
if (command === 'dmesg') await runCommand(async () => (await import('./commands/dmesg.ts')).dmesg(rest));
else await runCommand(async () => (await import('./program.ts')).program(process.argv.slice(2)));
