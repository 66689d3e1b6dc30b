import type { Fleet } from '../../fleet/fleet.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { EXPORTS, type ExportForm, exportOf, isExport } from '../events/exports.ts';
import { UsageError } from '../exit.ts';
import { eachAsked, readGrouped } from '../fleet/tell-fleet.ts';
import { page } from '../pager.ts';
import { StdoutWriter } from '../stdout.ts';
import { type ExplainOptions, oneOf, textOptions, timeStyle } from './options.ts';

export interface IncidentsOptions extends ExplainOptions {
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
}

type Groups = readonly InputGroup[];

/** `lastkmsg incidents`: events correlated; of several inputs, the signatures that they share. @returns the exit code */
export async function incidents(files: readonly string[], options: IncidentsOptions): Promise<number> {
  const format = oneOf(
    ['json', 'text', 'fleet-json', ...EXPORTS],
    options.format ?? (process.stdout.isTTY && !options.json ? 'text' : 'json'),
    'format',
  );
  const groups = await groupFiles(files);
  if (format === 'text' && groups.length === 1) return (await import('./summary.ts')).summary(files, options);
  if (options.vmlinux !== undefined && groups.length > 1)
    throw new UsageError('--vmlinux goes with one dump: others may be of other kernels');
  if (isExport(format)) return exported(groups, options, format);
  return format === 'json' ? reports(groups, options) : fleet(groups, options, format);
}

/** One object for one input, an array for several, in the order of the inputs, written as they are read. */
async function reports(groups: Groups, options: IncidentsOptions): Promise<number> {
  const out = new StdoutWriter('utf8');
  let first: string | undefined;
  let count = 0;
  const code = await eachAsked(groups, options, { report: true, inOrder: true }, async ({ report }) => {
    if (report === undefined) return;
    // whether there is an array shows with the second
    if (count++ === 0) first = report;
    else {
      await out.write(`${first === undefined ? '' : `[\n${first}`},\n${report}`);
      first = undefined;
    }
  });
  await out.write(count > 1 ? '\n]\n' : first === undefined ? '' : `${first}\n`);
  await out.flush();
  return code;
}

/** In the form of another program, each incident as the event that it began with. */
async function exported(groups: Groups, options: IncidentsOptions, format: ExportForm): Promise<number> {
  const form = await exportOf(format, 'incidents');
  const out = new StdoutWriter(form.encoding);
  await out.write(form.head);
  const code = await eachAsked(groups, options, { told: true, inOrder: true }, async ({ input, told = [] }) => {
    if (input.kind === 'read') form.input(input.source);
    for (const { event, reasons } of told) await out.write(form.event(event, reasons));
  });
  await out.write(form.end());
  await out.flush();
  return code;
}

async function fleet(groups: Groups, options: IncidentsOptions, format: 'text' | 'fleet-json'): Promise<number> {
  const { fleet: grouped, code } = await readGrouped(groups, options);
  await page(format === 'text' ? await textOf(grouped, options) : await jsonOf(grouped), options);
  return code;
}

/** Loaded when they are asked for: reports of single inputs, which scripts ask for, need no tables. */
const textOf = async (grouped: Fleet, options: IncidentsOptions): Promise<string> =>
  (await import('../../output/fleet/fleet-text.ts')).fleetText(grouped, { ...textOptions(options), time: timeStyle(options) });
const jsonOf = async (grouped: Fleet): Promise<string> => `${(await import('../../output/fleet/fleet-json.ts')).fleetToJson(grouped)}\n`;
