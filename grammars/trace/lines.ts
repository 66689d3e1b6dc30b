import { CONTEXT, REGISTERS, STACK } from '../call-trace/lines.ts';
import type { Family } from '../common/family.ts';

/**
 * What no report claims: a stack that somebody dumped without a word, or an oops whose first lines are not in the log. Its rows are those
 * that all reports share, so it begins only where no open report takes the line.
 */
export const trace: Family = {
  name: 'trace',
  lines: [STACK.show_trace_log_lvl, CONTEXT.dump_stack_print_info, REGISTERS.show_ip],
  forms: [{ name: 'unclaimed', unclaimed: true }],
};
