import { statSync } from 'node:fs';
import { fleetText } from '../../output/fleet/fleet-text.ts';
import { briefSummary } from '../../output/summary/brief.ts';
import { incidentSummary, type Summary } from '../../output/text/incident-summary.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { readIncidents } from '../../read/read-incidents.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { eventFilter, keeper } from '../events/filter-options.ts';
import { EXIT } from '../exit.ts';
import { readGrouped } from '../fleet/tell-fleet.ts';
import { CrashScript } from '../incidents/crash-script.ts';
import { checkVmlinux } from '../incidents/vmlinux.ts';
import { reading } from '../inputs/reading.ts';
import { page } from '../pager.ts';
import { warn } from '../warn.ts';
import { type ExplainOptions, textOptions, timeStyle } from './options.ts';

/** Inputs of which nobody keeps the first in mind when the last is told. */
const MANY = 8;
/** Lines of a summary where no terminal says how many it has. */
const PAGE = 40;

/** `lastkmsg FILE…`: what happened in each input; of many what they have in common. @returns the exit code */
export async function summary(files: readonly string[], options: ExplainOptions): Promise<number> {
  const groups = await groupFiles(files);
  const isFleet = groups.length > MANY || (groups.length > 1 && files.some(isDirectory));
  if (isFleet && !options.all && options.vmlinux === undefined) return together(groups, options);
  return oneByOne(groups, options);
}

/** A directory's inputs: the one crash where all that lies there is of one, else what they share. */
async function together(groups: readonly InputGroup[], options: ExplainOptions): Promise<number> {
  const { fleet, code } = await readGrouped(groups, options);
  const copied = new Set(fleet.copies.map(({ source }) => source));
  const own = groups.filter(([file]) => file !== undefined && !copied.has(file.name));
  if (fleet.read === 1 && fleet.unreadable.length === 0 && own.length === 1) return oneByOne(own, options, [...copied]);
  await page(fleetText(fleet, { ...textOptions(options), time: timeStyle(options), page: true }), options);
  return code;
}

async function oneByOne(groups: readonly InputGroup[], options: ExplainOptions, copies: readonly string[] = []): Promise<number> {
  const text = { ...textOptions(options), time: timeStyle(options), rows: (process.stdout.rows ?? PAGE + 1) - 1 };
  const failOn = parseKinds(options.failOn, 'fail-on');
  const filter = eventFilter(options);
  const script = new CrashScript(options.crashScript);
  const told: string[] = [];
  let found = false;
  const code = await eachInput(groups, options, async (input) => {
    const kept = keeper(filter);
    const read = await reading(input, options, (watched) => readIncidents(watched, { excerpts: true, machine: true, keep: kept.keep }));
    if (!options.quiet) for (const line of kept.undecided) warn(`${input.name}: ${line}`);
    found ||= [...read.kinds].some((kind) => failOn?.has(kind));
    script.add(input.name, read.incidents);
    const summarised: Summary = { source: input.name, copies, ...read };
    // one that goes beyond the page takes what it needs: a text of many inputs is longer than a page anyway
    const vmlinux = options.vmlinux === undefined ? '' : `\n${await checkVmlinux(options.vmlinux, read, text)}`;
    told.push(`${(options.all ? incidentSummary : briefSummary)(summarised, text)}${vmlinux}`);
  });
  script.write();
  if (told.length > 0) await page(told.join('\n'), options);
  return found ? EXIT.failOn : code;
}

function isDirectory(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    return false;
  }
}
