import { createToken } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../../common/tokens.ts';

/** A comm is free text of up to 15 bytes (TASK_COMM_LEN); what stands behind its pid tells where it ends. */
export const Program = createToken({
  name: 'Program',
  pattern: /[^\n]{1,15}?\[\d+\](?=: | trap | general | control )/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
  push_mode: 'fault',
});
export const Traps = createToken({ name: 'Traps', pattern: /(?:traps|cet): / });
/** Whatever else a log puts before the program. */
export const Subject = createToken({ name: 'Subject', pattern: /[^\n:]{1,96}: /, start_chars_hint: ANY_CHAR, line_breaks: false });

/** `ip 00401136`, `sp:7ffd0`, `esr 0x92000046`; `(null)` until 4.15. */
export const KeyValue = createToken({
  name: 'KeyValue',
  pattern: /(?:at|ip|sp|ssp|error|nip|lr|code|esr|ESR)[ :](?:0x)?(?:\(null\)|[0-9a-f]+)(?![^\s,(])/,
  line_breaks: false,
});
export const Signal = createToken({ name: 'Signal', pattern: /(?:signal \d+|\(\d+\))(?=[ \t])/, line_breaks: false });
/** The return address, sparc only. */
export const Rpc = createToken({ name: 'Rpc', pattern: /\(rpc [0-9a-f]+\)/ });
export const LikelyCpu = createToken({ name: 'LikelyCpu', pattern: /likely on CPU \d+ \(core \d+, socket \d+\)/ });
/** What the program did, in front of the words that name it. */
export const Announced = createToken({ name: 'Announced', pattern: /segfault(?= at )|trap(?= [^(])|unhandled(?: exception:)?(?= )/ });
export const Colon = createToken({ name: 'Colon', pattern: /:(?= )/ });
/** print_vma_addr(): ` in libc.so.6[7f1234500000+178000]`; `[offset,base+length]` on arm64 and riscv, everywhere since 6.9. */
export const InObject = createToken({
  name: 'InObject',
  pattern: /in (?=[^\n]+\[(?:[0-9a-f]+,)?[0-9a-f]+\+[0-9a-f]+\])/,
  line_breaks: false,
  push_mode: 'object',
});
export const ObjectName = createToken({
  name: 'ObjectName',
  pattern: /[^\n]+?(?=\[(?:[0-9a-f]+,)?[0-9a-f]+\+[0-9a-f]+\])/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
});
export const Mapping = createToken({ name: 'Mapping', pattern: /\[(?:[0-9a-f]+,)?[0-9a-f]+\+[0-9a-f]+\]/, pop_mode: true });

export const MODES: Modes = {
  program: [Traps, Program, Subject, Word],
  fault: [Blank, Announced, KeyValue, Signal, Rpc, LikelyCpu, InObject, Colon, Word],
  object: [Mapping, ObjectName],
};
