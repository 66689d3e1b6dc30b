import { createToken } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../../common/tokens.ts';

/** The function that printed it, until 5.17: `end_request: `, `print_req_error: `, `blk_update_request: `. */
export const Caller = createToken({ name: 'Caller', pattern: /(?:end_request|blk_update_request|print_req_error): / });
/** What a request ended with: blk_errors[] of block/blk-core.c. */
export const RequestError = createToken({
  name: 'RequestError',
  pattern: /[A-Za-z/ ]+(?= error,)/,
  line_breaks: false,
  push_mode: 'request-fields',
});
/** `dev sda`, `sector 2048`, `phys_seg 1`, `prio class 2`, `flags 0x80700`; a cut line ends within one. */
export const Field = createToken({ name: 'Field', pattern: /(?:dev|sector|flags|phys_seg|prio class) [^\s,]+/, line_breaks: false });
/** `op 0x0:(READ)`. */
export const Operation = createToken({ name: 'Operation', pattern: /op 0x[0-9a-f]+:\(\w+\)/, line_breaks: false });

export const NvmeDevice = createToken({ name: 'NvmeDevice', pattern: /(?:nvme )?nvme\w+: /, push_mode: 'nvme-text' });
/** `I/O 119`, `I/O tag 12 (100c)`, `IO 3`: a command's tag; its id since 6.6. */
export const NvmeTag = createToken({ name: 'NvmeTag', pattern: /I\/?O (?:tag )?\d+/, line_breaks: false });
export const Queue = createToken({ name: 'Queue', pattern: /QID \d+/ });
/** ` timeout, reset controller`: what the driver does about it. */
export const Timeout = createToken({ name: 'Timeout', pattern: /timeout(?:, (?:(?! req_op:)[^\n])*)?/, line_breaks: false });
export const Opcode = createToken({ name: 'Opcode', pattern: /opcode 0x[0-9a-f]+/ });
export const RequestOperation = createToken({ name: 'RequestOperation', pattern: /req_op:\w+\(\d+\)/ });
export const Size = createToken({ name: 'Size', pattern: /size:\d+/ });
/** `Read(0x2)`, `I/O Cmd(0x2)`: the command by name and number. */
export const CommandCode = createToken({ name: 'CommandCode', pattern: /[A-Z][\w /-]*\(0x[0-9a-f]+\)/, line_breaks: false });
export const Lba = createToken({ name: 'Lba', pattern: /@ LBA \d+/ });
export const Blocks = createToken({ name: 'Blocks', pattern: /\d+ blocks/ });
/** `, Unrecovered Read Error (sct 0x2 / sc 0x81)`: status code type and status code. */
export const Status = createToken({
  name: 'Status',
  pattern: /, [^\n,]+(?= \(sct 0x)/,
  start_chars_hint: ANY_CHAR.filter((c) => c === 0x2c),
  line_breaks: false,
});
export const StatusCode = createToken({ name: 'StatusCode', pattern: /\(sct 0x[0-9a-f]+ \/ sc 0x[0-9a-f]+\)/ });
export const Name = createToken({ name: 'Name', pattern: /\([A-Za-z][\w /-]*\)/, line_breaks: false });

export const MODES: Modes = {
  request: [Caller, RequestError, Word],
  'request-fields': [Blank, Field, Operation, Word],
  nvme: [NvmeDevice, Word],
  'nvme-text': [Blank, NvmeTag, Queue, Timeout, Opcode, RequestOperation, Size, CommandCode, Lba, Blocks, Status, StatusCode, Name, Word],
};
