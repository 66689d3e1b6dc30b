import { dmesg } from './commands/dmesg.ts';
import { EXIT, runCommand } from './exit.ts';
import { VERSION } from './version.ts';

/** The `lastkmsg` binary. `dmesg` starts at once; everything else loads the command line library and then its command. */
export function lastkmsg(argv: readonly string[]): void {
  const [command, ...rest] = argv;
  if (command === 'dmesg') void runCommand(() => dmesg(rest));
  else void runCommand(async () => (await import('./program.ts')).program(argv));
}

const USAGE = 'Usage: vmcore-dmesg [--help | --version] /proc/vmcore\n';

/** The `vmcore-dmesg` binary: kexec-tools' program of that name, same arguments, same bytes, but it reads every container. */
export function vmcoreDmesg(argv: readonly string[]): void {
  void runCommand(async () => {
    if (argv.includes('-h') || argv.includes('--help')) process.stdout.write(USAGE);
    else if (argv.includes('-v') || argv.includes('--version')) process.stdout.write(`vmcore-dmesg (lastkmsg ${VERSION})\n`);
    else if (argv.length !== 1) {
      process.stderr.write(USAGE);
      return EXIT.usage;
    } else return dmesg(['--format', 'vmcore-dmesg', '--', argv[0]!]);
    return EXIT.ok;
  });
}
