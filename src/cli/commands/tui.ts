import type { FleetInput } from '../../fleet/input.ts';
import type { Source } from '../../tui/data/source.ts';
import type { DashboardOptions } from '../../tui/terminal/dashboard.ts';
import { userTerminal } from '../../tui/terminal/tty.ts';
import { EXIT } from '../exit.ts';
import { groupFiles } from '../inputs/open.ts';
import { warn } from '../warn.ts';
import type { SummaryOptions } from './summary.ts';

export interface TuiOptions extends SummaryOptions {
  /** Read on when the log grows. */
  readonly follow?: boolean | undefined;
  readonly screenReader?: boolean | undefined;
}

/** `lastkmsg tui`: the dashboard; where there is no terminal the text summary. @returns the exit code */
export async function tui(files: readonly string[], options: TuiOptions): Promise<number> {
  const terminal = userTerminal();
  if (terminal === undefined) {
    if (!options.quiet) warn('no terminal, printing report');
    return (await import('./summary.ts')).summary(files, options);
  }
  const { runDashboard } = await import('../../tui/terminal/dashboard.ts');
  const { feedOf } = await import('../tui/feed.ts');
  const groups = groupFiles(files);
  const inputs = groups.map((names) => ({
    name: names[0]!,
    following: options.follow === true,
    read: feedOf(names, { input: options.input, follow: options.follow }),
  }));
  if (options.screenReader || process.env.INK_SCREEN_READER === 'true') {
    await (await import('../../tui/terminal/reader.ts')).runReader(inputs, terminal);
    return EXIT.ok;
  }
  const fleet =
    groups.length < 2
      ? undefined
      : {
          name: files.length === 1 ? files[0]! : `${files.length} FILEs`,
          read: async (take: (input: FleetInput) => void, signal: AbortSignal) => {
            const { readFleet } = await import('../fleet/read-fleet.ts');
            for await (const input of readFleet(groups, { input: options.input, signal })) take(input);
          },
        };
  const { sources, failure } = await runDashboard({ inputs, fleet, terminal, style: styleOf(options), exportTo: exported });
  // what is still being read, a log that grows or many inputs, is of no interest to anybody now
  if (failure === undefined) process.exit(exitCode(sources));
  warn(`this is a bug in lastkmsg, please report it: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`);
  return EXIT.bug;
}

/** Reports are loaded when one is asked for. */
const exported: DashboardOptions['exportTo'] = async (source, format) => (await import('../tui/export.ts')).exportTo(source, format);

/** As every command: what could not be read, and what was read with loss; of many inputs those that were opened count. */
function exitCode(sources: readonly Source[]): number {
  const failed = sources.filter(({ status }) => status === 'failed');
  if (failed.length > 0 && failed.length === sources.length) return EXIT.noInput;
  return failed.length > 0 || sources.some(({ losses }) => losses.length > 0) ? EXIT.loss : EXIT.ok;
}

/** Colours by --color, NO_COLOR and the terminal; only ASCII where the locale knows no more. */
function styleOf({ color }: TuiOptions): { color: boolean; ascii: boolean } {
  const { NO_COLOR, LC_ALL, LC_CTYPE, LANG } = process.env;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  return { color: color === 'always' || (color !== 'never' && !NO_COLOR), ascii: !/utf-?8/i.test(locale) };
}
