import { type Line, lines } from '../common/line.ts';
import { CONTEXT } from './context-lines.ts';
import { DUMPS } from './dump-lines.ts';
import { REGISTERS } from './register-lines.ts';
import { STACK } from './stack-lines.ts';
import { TAIL } from './tail-lines.ts';

export { CONTEXT, REGISTERS, STACK };

const NEUTRAL = lines({
  rule: {
    printer: 'an empty line or a rule of one character',
    examples: ['==================================================================', '---', '***'],
    start: /[\s=*-]+$/,
    shape: 'neutral',
  },
});

/** The rows that every family's reports share, in the order in which they are tried. */
export const SHARED: readonly Line[] = [
  STACK.dropped,
  STACK.end_trace,
  NEUTRAL.rule,
  // before the frames, which most of its names could begin: the rows are many, and told apart by their first characters
  REGISTERS.show_ip,
  REGISTERS.show_regs,
  STACK.printk_stack_address,
  STACK.dump_backtrace_entry,
  STACK.bare_address,
  STACK.section_tag,
  STACK.show_stack_interrupt,
  STACK.exception_stack,
  CONTEXT.dump_stack_print_info,
  CONTEXT.cpu_only,
  CONTEXT.bare_release,
  CONTEXT.cpu_other,
  CONTEXT.cpu_titled,
  STACK.show_trace_log_lvl,
  STACK.other_trace,
  CONTEXT.print_modules,
  CONTEXT.last_unloaded,
  ...Object.values<Line>(TAIL),
  CONTEXT.print_tainted_verbose,
  CONTEXT.print_tainted,
  CONTEXT.hardware_name,
  CONTEXT.add_taint,
  CONTEXT.print_worker_info,
  CONTEXT.show_regs_print_info,
  CONTEXT.show_regs_task,
  CONTEXT.print_stop_info,
  CONTEXT.print_scx_info,
  CONTEXT.print_irqtrace_events,
  CONTEXT.print_supported,
  DUMPS.show_opcodes,
  DUMPS.show_instructions,
  REGISTERS.show_regs_row,
  DUMPS.show_instructions_words,
  DUMPS.show_code,
  DUMPS.show_stack,
  STACK.last_breaking_event,
  REGISTERS.__show_regs_flags,
  REGISTERS.dump_backtrace_stm,
  REGISTERS.show_registers,
  REGISTERS.show_regs_prid,
  REGISTERS.__show_regs_more,
  REGISTERS.show_regs_rest,
  STACK.address_frame,
  STACK.inlined_frame,
  DUMPS.show_code_row,
  DUMPS.dump_mem,
  DUMPS.show_stack_words,
];
