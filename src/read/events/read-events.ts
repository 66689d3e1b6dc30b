import type { Event } from '../../event/event.ts';
import { isCrashKind } from '../../event/kinds.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { LogNotes } from '../../record/log-notes.ts';
import type { GrowingReport } from '../../report/report.ts';
import type { LogInput } from '../inputs/input.ts';
import { anchored, EventClock } from './anchor.ts';
import { disassembler } from './capstone.ts';
import { explainCode, wantsDisassembly } from './explain-code.ts';
import { EventPipeline } from './pipeline.ts';

/** Events of a machine that boots which wait for its clock, at most. */
const MAX_HELD = 256;

interface ReadOptions {
  /** Adds the report's records. */
  readonly raw?: boolean | undefined;
  /** Gathers what records tell that are no reports. */
  readonly notes?: LogNotes | undefined;
  /** Told, when a growing log has paused, of the report that is still being printed, or that none is any more. */
  readonly onGrowing?: ((report: GrowingReport | undefined) => void) | undefined;
}

/** Empty batches, of 200 ms each, after which an event waits no longer for the line that dates its boot, nor for what cannot come. */
const PAUSE = 3;
/** The same after which a report of a log that is followed counts as printed to its end: slow serial lines pause too. */
const SILENCE = 20;
/** And of a pipe that nobody said would go on: it may only be slow, and half a report is worse than a late one. */
const PIPE_SILENCE = 150;

/** The events of one input as they are completed, in log order, with code disassembled and times anchored. */
export async function* readEvents(input: LogInput, options: ReadOptions = {}): AsyncGenerator<Event> {
  const pipeline = new EventPipeline({ source: input.name, release: input.dump?.release ?? input.stated?.release, ...options });
  const clock = new EventClock();
  let held: Event[] = [];
  let quiet = 0;
  let isTold = false;
  const silence = input.isFollowed ? SILENCE : PIPE_SILENCE;
  for await (const records of input.batches) {
    clock.see(records);
    quiet = records.length === 0 ? quiet + 1 : 0;
    const ended = quiet === silence ? pipeline.end('silence') : quiet === PAUSE ? pipeline.pause() : pipeline.push(records);
    for (const event of ended) {
      held.push(event);
      isTold ||= tellsOfCrash(event);
    }
    if (quiet > 0) options.onGrowing?.(pipeline.growing);
    // a dump's clock is anchored by its end (CRASHTIME), so its events wait for it; the log of a dump is small
    if (held.length === 0 || input.dump) continue;
    const ready = quiet >= PAUSE ? -1 : held.findIndex((event, i) => held.length - i <= MAX_HELD && clock.mayDate(event));
    for (const event of ready < 0 ? held : held.slice(0, ready)) yield await finish(event, clock);
    held = ready < 0 ? [] : held.slice(ready);
  }
  const last = pipeline.end();
  input.claims.unclaimed = pipeline.unclaimed;
  if (!isTold && !last.some(tellsOfCrash)) overlooked(input);
  for (const event of [...held, ...last]) yield await finish(event, clock, input.dump?.crashTime);
}

/** Whether an event may be what a headline of a crash tells. */
const tellsOfCrash = ({ kind }: Event): boolean => isCrashKind(kind) || kind === 'hardware-error' || kind === 'nmi';

/** Says that lines speak of a crash, where none was found: they stand in something that was not taken apart, or their report is no longer there. */
function overlooked(input: LogInput): void {
  const [first] = input.headlines ?? [];
  if (first === undefined) return;
  input.claims.overlooks = true;
  input.losses.push(`line ${first.lineNo} speaks of a crash, but no crash was read: "${decodeText(first.text)}"`);
}

async function finish(event: Event, clock: EventClock, crashTime?: number): Promise<Event> {
  const timed = anchored(event, clock.anchor(crashTime, event.records.first));
  const decoder = wantsDisassembly(timed) ? await disassembler() : undefined;
  return decoder ? explainCode(timed, decoder) : timed;
}
