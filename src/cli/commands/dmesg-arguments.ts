import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from '../exit.ts';
import { wrongWords } from '../wrong-words.ts';

/** What every command takes; the same names as `common` of program.ts, which `dmesg` starts without. */
const GLOBAL_OPTIONS = {
  input: { type: 'string' },
  'max-time': { type: 'string' },
  color: { type: 'string' },
  'fail-on': { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  verbose: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

export const GLOBAL_HELP = `      --input FORMAT      what the FILEs are, instead of finding out
      --max-time SECONDS  stop reading after so long; what was read until then
                          is shown, with exit code 3
      --fail-on KINDS     exit with 10 when one of these kinds or families
                          (oops, oom, hung…) is found; crash for any crash
      --color WHEN        auto, always, never
  -q, --quiet             no warnings
  -v, --verbose           say what is being done
  -h, --help              print this help
  -V, --version           print the version
`;

/** node's own parser. @throws UsageError that names the option */
export function parseArguments<const T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], own: T) {
  const options = { ...GLOBAL_OPTIONS, ...own };
  refuseWriting(argv);
  try {
    return parseArgs({ args: joined(argv, options), options, allowPositionals: true });
  } catch (error) {
    throw wrongWords(
      error as Error,
      Object.keys(options).map((name) => `--${name}`),
    );
  }
}

/** dmesg(1)'s options that change the kernel or its console. @throws UsageError */
function refuseWriting(argv: readonly string[]): void {
  const end = argv.indexOf('--');
  const found = argv.slice(0, end < 0 ? argv.length : end).find((arg) => WRITING.test(arg));
  if (found !== undefined)
    throw new UsageError(`${found} changes the kernel's log or console, which lastkmsg only reads: use dmesg ${found}`);
}

const WRITING = /^(?:-[CcDEn]|--clear|--read-clear|--console-(?:on|off|level)(?:=.*)?)$/;

/** `--color` and `-L` take a value or none, as `--color=auto`. */
function withColor(arg: string, next: string | undefined): string {
  if (/^-L(?:auto|always|never)?$/.test(arg)) return `--color=${arg.slice(2) || 'auto'}`;
  return arg === '--color' && !['auto', 'always', 'never'].includes(next ?? '') ? '--color=auto' : arg;
}

/** `--since -1h` as `--since=-1h`: as getopt takes it, and node does not. */
function joined(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>): string[] {
  const args: string[] = [];
  for (const [i, given] of argv.entries()) {
    const arg = withColor(given, argv[i + 1]);
    const before = args.at(-1) ?? '';
    const takesValue = before.startsWith('--') && options[before.slice(2)]?.type === 'string' && !argv.slice(0, i).includes('--');
    if (takesValue && /^-\d/.test(arg)) args[args.length - 1] = `${before}=${arg}`;
    else args.push(arg);
  }
  return args;
}

/** @throws UsageError */
export function colorChoice(color = 'auto'): 'auto' | 'always' | 'never' {
  if (color === 'auto' || color === 'always' || color === 'never') return color;
  throw new UsageError(`--color takes auto, always or never; not ${color}`);
}
