import type { ReportNode } from '../../../grammars/common/nodes.ts';
import type { Frame } from '../event.ts';
import { derived, type Facts } from '../facts/facts.ts';
import { ALIASES, BATCHES, DISPATCHERS, DUMPERS, FAULTS, INTERRUPTS, LOCK_COPIES, QUEUES, SPINNING, WAITING } from './symbols.ts';

const bare = (frame: Frame): string =>
  (frame.symbol ?? '').replace(/^\.(?=[A-Za-z_])/, '').replace(/\.(?:isra|constprop|cold|part|llvm)(?:\.\d+)*/g, '');
const usable = (frame: Frame): boolean => frame.symbol !== undefined && frame.reliable !== false && frame.inlined !== true;

/** Who a report on lost time is about. */
export interface StallCulprit {
  /** The guilty frame, then its callers; empty where the stack names nobody. */
  readonly frames: readonly Frame[];
  /** The function's own name, where the frame has a family's name (`ALIASES`). */
  readonly alias?: string | undefined;
  /** Why, where it is not the innermost frame. */
  readonly why?: string | undefined;
  /** Operations further out, innermost first: what an interrupt or a fault came upon. Then what the operation called. */
  readonly others?: readonly Frame[] | undefined;
  /** What it called to wait. */
  readonly called?: Frame | undefined;
}

/** Where the CPU was, and its frames, in the order printed: an interrupted context begins with its own program counter. */
function contextOf(facts: Facts, nodes: readonly ReportNode[]): Frame[] {
  const frames: Frame[] = [];
  for (const node of nodes) {
    if (node.type === 'frame') frames.push(node.frame);
    else if (node.type === 'pointer' && node.frame?.symbol !== undefined && /^(?:[RE]?IP|pc|PC|NIP|epc|ERA|PSW)$/.test(node.register)) {
      if (node.segment === undefined || !/^00(?:23|33|73|2b)$/.test(node.segment))
        frames.push(derived(facts, node.frame, { ...node.frame, reliable: true }));
    }
  }
  return frames;
}

/** What ran when the interrupt that printed the dump arrived; the whole stack where no interrupt printed it. */
function interrupted(frames: readonly Frame[], counts: (frame: Frame) => boolean): readonly Frame[] {
  const first = frames.findIndex((f) => counts(f) && DUMPERS.test(bare(f)));
  // A program counter before it is the interrupted context's: an NMI's stack shows its own handler first.
  if (first < 0 || frames.slice(0, first).filter(counts).length > 1) return frames;
  const before = frames.slice(0, first).filter(counts);
  let entry = frames.findIndex((f, i) => i >= first && f.symbol !== undefined && INTERRUPTS.test(bare(f)));
  while (entry >= 0 && INTERRUPTS.test(bare(frames[entry + 1] ?? {}))) entry++;
  return entry < 0 ? frames : [...before, ...frames.slice(entry + 1)];
}

/** What ran: frames that the unwinder is sure of, or all where it is sure of none (an NMI's stack of x86 without frame pointers). */
function whatRan(facts: Facts, nodes: readonly ReportNode[]): readonly Frame[] {
  const frames = contextOf(facts, nodes);
  const counts = frames.some(usable) ? usable : (frame: Frame) => frame.symbol !== undefined;
  return interrupted(frames, counts).filter(counts);
}

/**
 * A CPU that loops is found anywhere in its loop, so the innermost frame is chance. The operation that it was called for is not:
 * the function that a dispatcher (system call, file, netlink, timer, work, softirq) called. Code of a module comes first, as a module
 * can be taken out. Undefined frames: the default machinery decides.
 */
export function stallCulprit(facts: Facts, nodes: readonly ReportNode[]): StallCulprit | undefined {
  const frames = whatRan(facts, nodes);
  // spinning on a lock, a CPU is where its innermost frame says: who wanted the lock is what to look at
  const taker = SPINNING.test(bare(frames[0] ?? {})) ? frames.findIndex((f) => !TAKERS.some((table) => table.test(bare(f)))) : -1;
  if (taker > 0) return { frames: frames.slice(taker), why: 'it wants a lock that is held elsewhere' };
  const called = frames.findIndex((f, i) => i > 0 && isDispatcher(f));
  // the way back to a program alone stands above its faults
  const end = called < 0 ? frames.findIndex((f, i) => i > 0 && FAULTS.test(bare(f))) : called;
  const own = end < 0 ? frames : frames.slice(0, end);
  const module = own.findIndex((f) => f.module !== undefined && !LOCK_COPIES.test(bare(f)));
  if (module >= 0) return { frames: frames.slice(module), ...(module > 0 && { why: 'the innermost code of a module' }) };
  for (const [i, frame] of own.entries()) {
    const alias = ALIASES.find((a) => a.pattern.test(bare(frame)) && a.stall);
    if (alias !== undefined) return { ...aliased(facts, frames.slice(i), alias.name), ...(i > 0 && { why: BUSY }) };
  }
  if (end < 0) return undefined;
  const batch = frames.findIndex((f) => BATCHES.test(bare(f)));
  const at = batch > end && frames.slice(end, batch).every((f) => isDispatcher(f)) ? callOf(frames, batch) : end - 1;
  return {
    frames: frames.slice(at),
    ...(at > 0 && { why: BUSY }),
    others: [...operations(frames, at + 1), ...frames.slice(Math.max(0, at - 1), at)],
  };
}

/** What takes a lock for its caller. */
const TAKERS = [LOCK_COPIES, SPINNING, QUEUES] as const;

const BUSY = 'the operation that kept the CPU busy';

const isDispatcher = (frame: Frame): boolean => DISPATCHERS.test(bare(frame));

/** The outermost function of the system call that the frame is part of. */
function callOf(frames: readonly Frame[], from: number): number {
  const entry = frames.findIndex((f, i) => i > from && isDispatcher(f));
  return entry < 0 ? from : entry - 1;
}

/** What dispatchers from there on called: at most {@link MAX_OTHERS}. */
function operations(frames: readonly Frame[], from: number): Frame[] {
  const called = frames.filter(
    (f, i) => i >= from && !isDispatcher(f) && frames[i + 1] !== undefined && isDispatcher(frames[i + 1] as Frame),
  );
  return called.slice(0, MAX_OTHERS);
}
const MAX_OTHERS = 4;

/** The function that a hung task waits in: the first that neither schedules, nor waits, nor takes a lock. */
export function hungCulprit(facts: Facts, nodes: readonly ReportNode[]): StallCulprit {
  const frames = contextOf(facts, nodes).filter(usable);
  for (const [i, frame] of frames.entries()) {
    const name = bare(frame);
    const alias = ALIASES.find((a) => a.pattern.test(name));
    const why = i > 0 ? { why: 'what stands above it waits', called: frames[i - 1] } : {};
    if (alias !== undefined) return { ...aliased(facts, frames.slice(i), alias.name), ...why };
    // A module's own wait function counts as that module's code.
    if (!(frame.module === undefined ? WAITING : LOCK_COPIES).test(name)) return { frames: frames.slice(i), ...why };
  }
  return { frames: [] };
}

function aliased(facts: Facts, frames: readonly Frame[], name: string): StallCulprit {
  const [first, ...rest] = frames;
  if (first === undefined || bare(first) === name) return { frames };
  const { offset: _offset, size: _size, address: _address, ...kept } = first;
  return { frames: [derived(facts, first, { ...kept, symbol: name }), ...rest], alias: bare(first) };
}
