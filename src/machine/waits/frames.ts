import type { KernelContext } from '../../kernel/context.ts';
import { lookupAddress, type Stack } from '../../unwind/stack.ts';

/** A live frame of a sleeping task: the words that its function keeps on the stack. */
export interface LiveFrame {
  readonly name: string;
  readonly words: readonly { readonly at: bigint; readonly value: bigint }[];
}

/** No function of the kernel has a larger frame (CONFIG_FRAME_WARN is 2048); a stack that lost its way does. */
const MAX_FRAME = 0x2000n;

/** Frames from the inner end: what lies below or between them is of calls that returned, and names locks that were let go. */
export function liveFrames(kernel: KernelContext, { frames }: Stack): LiveFrame[] {
  const { memory, symbols } = kernel;
  const step = BigInt(memory.wordSize);
  return frames.slice(0, -1).map((frame, i) => {
    const end = frames[i + 1]!.sp;
    const words: { at: bigint; value: bigint }[] = [];
    if (end > frame.sp && end - frame.sp < MAX_FRAME) {
      for (let at = frame.sp + step; at < end; at += step) {
        const value = memory.word(at);
        if (value !== undefined) words.push({ at, value });
      }
    }
    return { name: symbols.at(lookupAddress(frame))?.name ?? '', words };
  });
}

/** Functions that only put a task to sleep, by how their names begin. */
const MACHINERY = new RegExp(
  `^(?:__)?(?:${[
    // the scheduler and its timers
    'schedule|io_schedule|context_switch|msleep|usleep|do_nanosleep|hrtimer_nanosleep',
    // wait queues and completions
    'bit_wait|wait_on_bit|wait_woken|out_of_line_wait|wait_for|swait|prepare_to|io_wait',
    // pages
    'wait_on_page|wait_on_folio|folio_wait|folio_lock',
    // locks
    'rwsem_down|mutex_lock|ww_mutex|rt_mutex|percpu_down|down',
  ].join('|')})`,
);

/** The first function that does something else. */
export const waitingIn = (frames: readonly LiveFrame[]): string | undefined =>
  frames.find(({ name }) => name !== '' && !MACHINERY.test(name))?.name;
