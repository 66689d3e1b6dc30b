import { archOfRegisters, REGISTER_NAMES } from '../../../decode/register-names.ts';
import type { Event, Frame, Stack } from '../../../event/event.ts';
import { isKindOf } from '../../../event/kinds.ts';
import { recordOf } from '../record-of.ts';
import type { EventContext } from '../tab.ts';

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
  const { view, event, place } = context;
  return view.memo.of(event, 'trace-items', `${place.unreliable}`, () => madeFrom(event, place.unreliable));
};

/** Where the CPU was comes first, unless the first stack has it. */
function madeFrom(event: Event, withUnsure: boolean): Item[] {
  const { at, culprit } = event;
  /** Not told yet. */
  let pointer = pointerOf(event);
  let accused = culprit;

  const itemOf = (frame: Frame, number: number, path: string): FrameItem => {
    const here = same(frame, at) && !unsure(frame) ? pointer : undefined;
    const guilty = !unsure(frame) && same(frame, accused);
    if (here !== undefined) pointer = undefined;
    if (guilty) accused = undefined;
    return {
      kind: 'frame',
      frame,
      number: unsure(frame) ? undefined : number,
      pointer: here,
      culprit: guilty,
      seq: (here === undefined ? undefined : recordOf(event, 'at')) ?? recordOf(event, path),
    };
  };

  return stacksOf(event).flatMap((stack, nth): Item[] => {
    const { frames } = stack;
    const apart = nth === 0 && at !== undefined && pointer !== undefined && !frames.some((frame) => !unsure(frame) && same(frame, at));
    let number = 0;
    const path = `stacks.${nth}`;
    const items = [
      ...(apart ? [itemOf(at, number++, 'at')] : []),
      ...frames.map((frame, i) => itemOf(frame, unsure(frame) ? number : number++, `${path}.frames.${i}`)),
    ];
    const head: Item = { kind: 'stack', stack, seq: recordOf(event, path) ?? items[0]?.seq };
    return [head, ...(withUnsure ? items : withoutUnsure(items))];
  });
}

/** How the report calls the program counter; only a death or a dump of registers says where one was. */
function pointerOf({ kind, registers }: Event): string | undefined {
  if (registers === undefined) return isKindOf(kind, 'death') ? 'pc' : undefined;
  const arch = archOfRegisters(registers);
  return arch === undefined ? 'pc' : REGISTER_NAMES[arch].programCounter;
}

/** A report without a stack still says where the CPU was. */
function stacksOf({ stacks, at }: Event): readonly Stack[] {
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
