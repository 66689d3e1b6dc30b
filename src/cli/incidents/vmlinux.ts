import { refusal } from '../../dump/refusal.ts';
import type { Event, Frame } from '../../event/event.ts';
import { wrap } from '../../output/text/cells.ts';
import type { TextOptions } from '../../output/text/event-table.ts';
import { frameText } from '../../output/text/frame.ts';
import { printable } from '../../output/text/printable.ts';
import type { ReadIncidents } from '../../read/read-incidents.ts';
import { UsageError } from '../exit.ts';
import { type Place, sourceLines } from './addr2line.ts';
import { type VmlinuxFacts, vmlinuxFacts } from './elf-build-id.ts';

/** Frames that are resolved to lines of source. */
const FRAMES = 16;
const SYMBOL = /^[A-Za-z_][\w.$]*$/;

/** Says whether a vmlinux is that of the dump or log, and where the frames of the worst incident are in its source. Ends with a newline. */
export async function checkVmlinux(path: string, read: ReadIncidents, { width, paint }: TextOptions): Promise<string> {
  const facts = factsOf(path);
  const { said, matches } = compare(facts, read);
  const lines = wrap(printable(`${path}: ${said}`), width).map((line) => paint(matches ? 'title' : 'warning', line));
  const event =
    read.events.findLast(({ severity, stacks }) => severity === 'fatal' && stacks !== undefined) ??
    read.events.findLast(({ stacks }) => stacks !== undefined);
  if (matches && event !== undefined) lines.push(...resolved(path, event));
  return `${lines.join('\n')}\n`;
}

function factsOf(path: string): VmlinuxFacts {
  try {
    const facts = vmlinuxFacts(path);
    if (facts === undefined)
      throw new UsageError(`--vmlinux ${path}: not an ELF file; a vmlinux with debuginfo is wanted, not a compressed vmlinuz`);
    return facts;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--vmlinux ${path}: ${refusal(error)}`, { cause: error });
  }
}

function compare(facts: VmlinuxFacts, { info, events }: ReadIncidents): { readonly said: string; readonly matches: boolean } {
  const release = info.kernel?.release ?? events.findLast(({ kernel }) => kernel?.release !== undefined)?.kernel?.release;
  const buildId = info.kernel?.buildIdDoubtful ? undefined : info.kernel?.buildId;
  if (buildId !== undefined && facts.buildId !== undefined) {
    return facts.buildId === buildId
      ? { said: `matches: build id ${buildId}`, matches: true }
      : { said: `is another kernel: its build id is ${facts.buildId}, the dump's is ${buildId}`, matches: false };
  }
  if (release === undefined || facts.release === undefined)
    return { said: 'cannot be compared: neither build ids nor releases are known on both sides', matches: false };
  return facts.release === release
    ? { said: `has the same release, ${release}; build ids were not compared, so it may be another build`, matches: true }
    : { said: `is another kernel: its release is ${facts.release}, the log's is ${release}`, matches: false };
}

/** File and line of the frames that lie in the kernel itself, each once. */
function resolved(path: string, event: Event): string[] {
  const stacks = (event.stacks ?? []).flatMap((stack) => stack.frames);
  const places = new Map<Place, Frame>();
  for (const frame of [event.at, ...stacks]) {
    if (frame?.symbol === undefined || frame.module !== undefined || frame.reliable === false || !SYMBOL.test(frame.symbol)) continue;
    const { symbol, offset } = frame;
    const at = typeof offset === 'number' ? offset : 0;
    // a trace holds return addresses: the call is before it
    const place: Place = `${symbol}+0x${(frame === event.at || at === 0 || isAt(frame, event) ? at : at - 1).toString(16)}`;
    if (places.size < FRAMES && !places.has(place)) places.set(place, frame);
  }
  if (places.size === 0) return [];
  const lines = sourceLines(path, [...places.keys()]);
  if (typeof lines === 'string') return [`frames are not resolved to source lines: ${lines}`];
  if (lines.every((line) => line === undefined)) return ['frames are not resolved to source lines: this file has none (no debuginfo?)'];
  return [...places.values()].map((frame, i) => `  ${frameText(frame)}  ${printable(lines[i] ?? '??')}`);
}

/** The interrupted frame stands in the trace as well, with the same offset. */
const isAt = ({ symbol, offset }: Frame, { at }: Event): boolean => at?.symbol === symbol && at?.offset === offset;
