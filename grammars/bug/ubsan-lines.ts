import { int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

/** What is undefined about it: one line, rarely a second one. */
const MESSAGE = { fields: { message: words }, reads: [/^(?<message>.*)$/] } as const;

/** lib/ubsan.c: the place, then a sentence of the handler. */
export const UBSAN = lines({
  ubsan_prologue: {
    printer: 'lib/ubsan.c ubsan_prologue()',
    releases: '`Undefined behaviour in` until 5.7',
    examples: [
      'UBSAN: shift-out-of-bounds in drivers/misc/driver_xyz.c:120:14',
      'UBSAN: Undefined behaviour in drivers/misc/driver_xyz.c:120:14',
    ],
    once: true,
    opens: [{ form: 'ubsan', literals: ['UBSAN: '] }],
    fields: { what: words, file: words, line: int },
    reads: [/UBSAN: (?<what>[\w -]+?) in (?<file>\S+?):(?<line>\d+)(?::\d+)?$/, /UBSAN: (?<what>[\w -]+)/],
  },
  handle_overflow: {
    printer: 'lib/ubsan.c handle_overflow(), __ubsan_handle_negate_overflow()',
    releases: '`signed integer overflow:` on a line of its own until 5.7',
    examples: [
      "2147483647 + 1 cannot be represented in type 'int'",
      "negation of -2147483648 cannot be represented in type 'int':",
      'signed integer overflow:',
    ],
    start: anyOf(String.raw`-?\d[^\n]{0,80} cannot be represented`, 'negation of ', '(?:un)?signed integer overflow'),
    ...MESSAGE,
  },
  __ubsan_handle_implicit_conversion: {
    printer: 'lib/ubsan.c __ubsan_handle_implicit_conversion()',
    releases: 'since 6.15',
    examples: ["cannot represent 'int' value 300 during reference count implicit conversion, truncated to 44"],
    start: /cannot represent /,
    ...MESSAGE,
  },
  __ubsan_handle_divrem_overflow: {
    printer: 'lib/ubsan.c __ubsan_handle_divrem_overflow()',
    examples: ['division by zero', "division of -2147483648 by -1 cannot be represented in type 'int'"],
    start: /division (?:by zero|of )/,
    ...MESSAGE,
  },
  ubsan_type_mismatch_common: {
    printer: 'lib/ubsan.c handle_null_ptr_deref(), handle_misaligned_access(), handle_object_size_mismatch()',
    examples: [
      "member access within null pointer of type 'struct driver_xyz'",
      "load of misaligned address 00000000a1b2c3d4 for type 'int'",
      'which requires 4 byte alignment',
      'store to address 00000000a1b2c3d4 with insufficient space',
      "for an object of type 'int'",
    ],
    start: anyOf(
      String.raw`(?:load of|store to|reference binding to|member access within|member call on|constructor call on) (?!value)`,
      '(?:downcast|upcast|cast to virtual base) of ',
      'which requires ',
      'for an object of type ',
      'null pointer ',
    ),
    ...MESSAGE,
  },
  __ubsan_handle_out_of_bounds: {
    printer: 'lib/ubsan.c __ubsan_handle_out_of_bounds()',
    examples: ["index 12 is out of range for type 'int [8]'"],
    start: /index /,
    ...MESSAGE,
  },
  __ubsan_handle_shift_out_of_bounds: {
    printer: 'lib/ubsan.c __ubsan_handle_shift_out_of_bounds()',
    examples: [
      "shift exponent 64 is too large for 64-bit type 'unsigned long'",
      'shift exponent -1 is negative',
      'left shift of negative value -1',
    ],
    start: /shift exponent |left shift of /,
    ...MESSAGE,
  },
  __ubsan_handle_load_invalid_value: {
    printer: 'lib/ubsan.c __ubsan_handle_load_invalid_value()',
    examples: ["load of value 107 is not a valid value for type '_Bool'"],
    start: /load of value /,
    ...MESSAGE,
  },
  __ubsan_handle_alignment_assumption: {
    printer: 'lib/ubsan.c __ubsan_handle_alignment_assumption()',
    releases: 'since 5.13',
    examples: [
      "assumption of 64 byte alignment for pointer of type 'char *' failed",
      'address is 16 aligned, misalignment offset is 16 bytes',
    ],
    start: /assumption of |(?:offset )?address is /,
    ...MESSAGE,
  },
  __ubsan_handle_builtin_unreachable: {
    printer: 'lib/ubsan.c __ubsan_handle_builtin_unreachable()',
    examples: [
      'calling __builtin_unreachable()',
      'execution reached a __builtin_unreachable() call',
      'variable length array bound value -1 <= 0',
    ],
    start: /calling __builtin_unreachable|execution reached|variable length array/,
    ...MESSAGE,
  },
});
