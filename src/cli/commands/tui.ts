import type { FleetInput } from '../../fleet/input.ts';
import type { Source } from '../../tui/data/source.ts';
import type { DashboardOptions } from '../../tui/terminal/dashboard.ts';
import { userTerminal } from '../../tui/terminal/tty.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT, UsageError } from '../exit.ts';
import { inputForm } from '../inputs/form.ts';
import { knowsUnicode } from '../locale.ts';
import { warn } from '../warn.ts';
import type { ExplainOptions } from './options.ts';

export interface TuiOptions extends ExplainOptions {
  /** Read on when the log grows. */
  readonly follow?: boolean | undefined;
  readonly screenReader?: boolean | undefined;
  /** A fleet's store instead of FILEs. */
  readonly store?: string | undefined;
}

/** `lastkmsg tui`: the dashboard; where there is no terminal the text summary. @returns the exit code */
export async function tui(files: readonly string[], options: TuiOptions): Promise<number> {
  const { store } = options;
  if (store !== undefined && files.length > 0) throw new UsageError('tui takes FILEs or --store PATH, not both');
  const terminal = userTerminal();
  if (terminal === undefined || (store !== undefined && isReadAloud(options))) {
    if (!options.quiet) warn('no terminal, printing report');
    if (store !== undefined) return (await import('./fleet.ts')).fleet(['top'], options);
    return (await import('./summary.ts')).summary(files, options);
  }
  if (store !== undefined) return stored(store, terminal, options);
  const { runDashboard } = await import('../../tui/terminal/dashboard.ts');
  const { dashboardInputs } = await import('../tui/inputs.ts');
  // a wrong name is told before anything is drawn
  parseKinds(options.failOn, 'fail-on');
  const form = inputForm(options.input);
  if (process.stdin.isTTY && (files.length === 0 || files.includes('-')))
    throw new UsageError('standard input is the terminal, where keys come from: give a FILE, or a log by a pipe');
  const aloud = isReadAloud(options);
  // what is read aloud is read to its end
  const following = options.follow === true && !aloud;
  const { inputs, groups } = await dashboardInputs(files, { form, follow: following }, (name) => {
    if (!options.quiet) warn(`looking through ${name}`);
  });
  if (aloud) return exitCode(await (await import('../../tui/terminal/reader.ts')).runReader(inputs, terminal), options);
  const seen: FleetInput[] = [];
  const fleet =
    groups.length < 2
      ? undefined
      : {
          name: files.length === 1 ? files[0]! : `${files.length} FILEs`,
          read: async (take: (input: FleetInput) => void, signal: AbortSignal) => {
            const { readFleet } = await import('../fleet/read-fleet.ts');
            for await (const input of readFleet(groups, { form, signal })) {
              seen.push(input);
              take(input);
            }
          },
        };
  const { sources, failure } = await runDashboard({
    inputs,
    fleet,
    terminal,
    style: styleOf(options),
    exportTo: exported,
    exportFleet: exportedFleet,
  });
  // what is still being read, a log that grows or many inputs, is of no interest to anybody now
  if (failure === undefined) process.exit(exitCode(sources, options, seen));
  return bug(failure);
}

/** The fleet's screen over a store. @throws StoreError */
async function stored(path: string, terminal: DashboardOptions['terminal'], options: TuiOptions): Promise<number> {
  parseKinds(options.failOn, 'fail-on');
  const { runDashboard } = await import('../../tui/terminal/dashboard.ts');
  const { fleet, inputs, problems } = await (await import('../tui/stored.ts')).storedFleet(path);
  const notHere = async (): Promise<never> => {
    throw new Error('lastkmsg fleet --format html, json or ndjson writes what a store knows');
  };
  const asked = { inputs: [], fleet, terminal, style: styleOf(options), exportTo: notHere, exportFleet: notHere };
  const { failure } = await runDashboard(asked);
  if (failure !== undefined) return bug(failure);
  const code = exitCode([], options, inputs);
  return code === EXIT.failOn ? code : problems.length > 0 ? EXIT.loss : EXIT.ok;
}

function bug(failure: unknown): number {
  warn(`this is a bug in lastkmsg, please report it: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`);
  return EXIT.bug;
}

const isReadAloud = ({ screenReader }: TuiOptions): boolean => screenReader === true || process.env.INK_SCREEN_READER === 'true';

/** Reports are loaded when one is asked for. */
const exported: DashboardOptions['exportTo'] = async (source, format) => (await import('../tui/export.ts')).exportTo(source, format);

const exportedFleet: DashboardOptions['exportFleet'] = async (fleet, format) =>
  (await import('../tui/export.ts')).exportFleet(fleet, format);

/** As every command: what could not be read, what was read with loss, what `--fail-on` names; as far as it is known when one leaves. */
function exitCode(sources: readonly Source[], { failOn }: TuiOptions, seen: readonly FleetInput[] = []): number {
  const wanted = parseKinds(failOn, 'fail-on');
  const kinds = [
    ...sources.flatMap(({ events }) => events.map(({ kind }) => kind)),
    ...seen.flatMap((input) => (input.kind === 'read' ? input.sightings.map(({ kind }) => kind) : [])),
  ];
  if (kinds.some((kind) => wanted?.has(kind))) return EXIT.failOn;
  const failed = seen.length > 0 ? seen.filter(({ kind }) => kind === 'unreadable') : sources.filter(({ status }) => status === 'failed');
  if (failed.length > 0 && failed.length === (seen.length || sources.length)) return EXIT.noInput;
  const lossy = sources.some(({ losses }) => losses.length > 0) || seen.some((input) => input.kind === 'read' && input.losses.length > 0);
  return failed.length > 0 || lossy ? EXIT.loss : EXIT.ok;
}

/** Colours by --color, NO_COLOR and the terminal; only ASCII where the locale knows no more. */
function styleOf({ color }: TuiOptions): { color: boolean; ascii: boolean } {
  const { NO_COLOR } = process.env;
  return { color: color === 'always' || (color !== 'never' && !NO_COLOR), ascii: !knowsUnicode(process.env) };
}
