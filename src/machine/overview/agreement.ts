/** Whether the stack in memory is the one that the kernel printed: a strong check of symbols, unwinding and registers together. */
export type Agreement = { readonly agrees: true; readonly frames: number } | { readonly agrees: false; readonly why: string };

const TRACE_HEAD = /^\s*call trace:\s*$/i;
/** `? name+0x10/0x20 [module]`; an address before it on some architectures, on powerpc two, of the frame and of the code. */
const FRAME =
  /^\s*(?:\(?\[<[0-9a-f]+>\]\)?\s*|\[[0-9a-f]+\] \[[0-9a-f]+\] )?(?<guess>\? )?(?<name>[A-Za-z_.$][\w.$]*)\+0x[0-9a-f]+\/0x[0-9a-f]+/;
const MARK = /^\s*<\/?[\w#]+>\s*$/;
const HEAD = /\bCPU: \d+(?: UID: \d+)? PID: (?<pid>\d+) /;
/** Functions that print the trace, or run after it was printed: the stack in memory need not have them. */
const PRINTERS =
  /^(?:__)?(?:dump_stack|dump_backtrace|show_stack|show_trace|show_regs|panic|vpanic|die|oops_|__die|notify_die|page_fault_oops|no_context|nmi_panic|walk_stackframe|asm_exc_|exc_)/;

/** Symbols of the last trace in the log that a task printed, guesses left out; undefined where there is none. */
export function loggedTrace(lines: readonly string[], pid: number): string[] | undefined {
  for (let at = lines.length - 1; at >= 0; at--) {
    if (!TRACE_HEAD.test(lines[at]!) || printedBy(lines, at) !== pid) continue;
    const frames = framesBehind(lines, at);
    return frames.length > 0 ? frames : undefined;
  }
  return undefined;
}

/** The head of a report stands above its registers: 40 lines at most. */
function printedBy(lines: readonly string[], trace: number): number | undefined {
  for (let at = trace; at >= Math.max(0, trace - 60); at--) {
    const pid = HEAD.exec(lines[at]!)?.groups?.pid;
    if (pid !== undefined) return Number(pid);
  }
  return undefined;
}

function framesBehind(lines: readonly string[], trace: number): string[] {
  const names: string[] = [];
  for (const line of lines.slice(trace + 1, trace + 129)) {
    const { guess, name } = FRAME.exec(line)?.groups ?? {};
    if (name !== undefined && guess === undefined) names.push(name);
    else if (name === undefined && !MARK.test(line)) break;
  }
  return names;
}

/** x86 begins the stack of a task that oopsed anew before the task dies, and may panic then: since 4.9, by its second name since 5.17. */
const REWOUND = /^rewind_stack_(?:do_exit|and_make_dead)$/;

/**
 * The printed frames must be on the stack in their order; undefined where they cannot be, as the stack was rewound after they were printed.
 * @param stack names of the stack in memory, from the inner end; of those that share an address any may be printed
 */
export function agreement(stack: readonly (readonly string[])[], logged: readonly string[]): Agreement | undefined {
  if (stack.some((names) => names.some((name) => REWOUND.test(name))) && !logged.some((name) => REWOUND.test(name))) return undefined;
  const wanted = logged.slice(logged.findIndex((name) => !PRINTERS.test(name)));
  let at = 0;
  for (const name of wanted) {
    const found = stack.findIndex((names, i) => i >= at && names.includes(name));
    if (found < 0 && PRINTERS.test(name)) continue;
    if (found < 0) return { agrees: false, why: `the log has ${name}, the stack in memory has not` };
    at = found + 1;
  }
  return wanted.length > 0 ? { agrees: true, frames: wanted.length } : { agrees: false, why: 'the log’s trace has no frame' };
}
