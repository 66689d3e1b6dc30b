#!/usr/bin/env node
/** The `vmcore-dmesg` binary: kexec-tools' program of that name, same arguments, same bytes, but it reads every container. */
import { runCommand } from './exit.ts';
import { VERSION } from './version.ts';

const USAGE = 'Usage: vmcore-dmesg [--help | --version] /proc/vmcore\n';

await runCommand(async () => {
  const argv = process.argv.slice(2);
  if (argv.includes('-h') || argv.includes('--help')) process.stdout.write(USAGE);
  else if (argv.includes('-v') || argv.includes('--version')) process.stdout.write(`vmcore-dmesg (lastkmsg ${VERSION})\n`);
  else if (argv.length !== 1) {
    process.stderr.write(USAGE);
    return 1;
  } else return (await import('./commands/dmesg.ts')).dmesg(['--format', 'vmcore-dmesg', '--', argv[0]!]);
  return 0;
});
