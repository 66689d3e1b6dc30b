import type { Frame, Stack } from '../../../event/event.ts';
import type { EventContext } from '../tab.ts';
import { FrameRecords } from './frame-records.ts';

export interface FrameItem {
  readonly kind: 'frame';
  readonly frame: Frame;
  /** Counted without those that the kernel was not sure of. */
  readonly number: number | undefined;
  /** How the log calls the program counter that points here. */
  readonly pointer: string | undefined;
  readonly culprit: boolean;
  readonly seq: number | undefined;
}

/** What stands in one row of the tab. */
export type Item =
  | { readonly kind: 'stack'; readonly stack: Stack; readonly seq: number | undefined }
  | FrameItem
  | { readonly kind: 'hidden'; readonly count: number; readonly runs: number };

const same = (a: Frame, b: Frame | undefined): boolean => b !== undefined && a.symbol === b.symbol && a.offset === b.offset;
const unsure = ({ reliable }: Frame): boolean => reliable === false;

/** All stacks in the order printed; made once: whoever sorts the tasks of an OOM does not wait for its frames again. */
export const itemsOf = (context: EventContext): readonly Item[] => {
  const { view, event, source, place } = context;
  return view.memo.of(event, 'trace-items', `${source.rowsOf(event)} ${place.unreliable}`, () => madeFrom(context));
};

/** Where the CPU was comes first, unless the first stack has it. */
function madeFrom(context: EventContext): Item[] {
  const { event, place, source } = context;
  const { at, culprit } = event;
  const records = new FrameRecords(context);
  const where = at && records.first(at);
  /** Not told yet. */
  let pointer = where?.pointer ?? (event.registers === undefined ? undefined : 'pc');
  let accused = culprit;

  const itemOf = (frame: Frame, number: number): FrameItem => {
    const row = records.next(frame);
    const here = same(frame, at) && !unsure(frame) ? pointer : undefined;
    const guilty = !unsure(frame) && same(frame, accused);
    if (here !== undefined) pointer = undefined;
    if (guilty) accused = undefined;
    const shown = here === undefined ? row : (where?.row ?? row);
    return {
      kind: 'frame',
      frame,
      number: unsure(frame) ? undefined : number,
      pointer: here,
      culprit: guilty,
      seq: shown === undefined ? undefined : source.records.seq(shown),
    };
  };

  return stacksOf(context).flatMap((stack, nth): Item[] => {
    const { frames } = stack;
    const apart = nth === 0 && at !== undefined && pointer !== undefined && !frames.some((frame) => !unsure(frame) && same(frame, at));
    let number = 0;
    const items = (apart ? [at, ...frames] : frames).map((frame) => itemOf(frame, unsure(frame) ? number : number++));
    const head: Item = { kind: 'stack', stack, seq: items.find(({ seq }) => seq !== undefined)?.seq };
    return [head, ...(place.unreliable ? items : withoutUnsure(items))];
  });
}

/** A report without a stack still says where the CPU was. */
function stacksOf({ event: { stacks, at } }: EventContext): readonly Stack[] {
  if (stacks !== undefined && stacks.length > 0) return stacks;
  return at === undefined ? [] : [{ label: 'No stack was printed', context: 'task', frames: [] }];
}

/** One row stands for all frames of a stack that the kernel was not sure of, where the first is; a stack of nothing else is shown. */
function withoutUnsure(items: readonly FrameItem[]): Item[] {
  const hidden = items.map(({ frame }) => unsure(frame));
  const count = hidden.filter(Boolean).length;
  if (count === 0 || count === items.length) return [...items];
  const runs = hidden.filter((each, i) => each && !hidden[i - 1]).length;
  const first = hidden.indexOf(true);
  return items.flatMap((item, i): Item[] => (i === first ? [{ kind: 'hidden', count, runs }] : hidden[i] ? [] : [item]));
}
