import { CONTEXT, REGISTERS, STACK } from '../call-trace/lines.ts';
import type { Family } from '../common/family.ts';
import { TASKS } from '../oom/kill-lines.ts';
import { SHOW_MEM } from '../oom/memory-lines.ts';
import { OTHERS } from '../oops/other-lines.ts';

/** The OOM killer's own frames: mm/oom_kill.c. */
const OOM_FRAME = /\b(?:dump_header|oom_kill_process|(?:mem_cgroup_|pagefault_)?out_of_memory)(?:\.|\+0x)/;

interface TraceState {
  /** The stack is that of an OOM report whose first lines are lost. */
  oom: boolean;
}

/**
 * What no report claims: a stack that somebody dumped without a word, or a report whose first lines are not in the log. Its rows are those
 * that all reports share, so it begins only where no open report takes the line.
 */
export const trace: Family<TraceState> = {
  name: 'trace',
  lines: [STACK.show_trace_log_lvl, CONTEXT.dump_stack_print_info, REGISTERS.show_ip],
  also: [...SHOW_MEM, ...Object.values(TASKS)],
  forms: [{ name: 'unclaimed', unclaimed: true }],
  watch: {
    start: () => ({ oom: false }),
    see(state, { text, line }) {
      if (line?.shape === 'frame' && !state.oom) state.oom = OOM_FRAME.test(text);
    },
  },
  // parisc alone prints the stack before it says what happened: parisc_terminate()
  joins: ({ family, line: head }, _line, _lines, sameCaller, { oom }) =>
    sameCaller && ((oom && family.name === 'oom') || head === OTHERS.parisc_terminate) ? true : undefined,
};
