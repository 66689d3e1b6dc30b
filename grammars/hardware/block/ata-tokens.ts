import { createToken } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { Blank, Word } from '../../common/tokens.ts';

/** `ata3.00: `, what every line of libata begins with; the second line of a result has none. */
export const Port = createToken({ name: 'Port', pattern: /ata\d+(?:\.\d+)?: /, push_mode: 'ata-text' });

/** `Emask 0x10`, `SAct 0x7800`, `SErr 0x0`, `action 0x6`. */
export const Mask = createToken({ name: 'Mask', pattern: /(?:Emask|SAct|SErr|action) 0x[0-9a-f]+/ });
export const Frozen = createToken({ name: 'Frozen', pattern: /frozen(?!\S)/ });
/** Tries that are left. */
export const Tries = createToken({ name: 'Tries', pattern: /t\d(?!\S)/ });
/** `{ DRDY ERR }`: bits of a register by name. */
export const Bits = createToken({ name: 'Bits', pattern: /(?:SError|status|error): \{[^}\n]*\}/, line_breaks: false });
export const Command = createToken({ name: 'Command', pattern: /failed command: [^\n]+/, line_breaks: false });
/** Twelve bytes of a taskfile: command or status, feature or error, count and LBA; then the upper halves; the device. */
export const Taskfile = createToken({ name: 'Taskfile', pattern: /(?:cmd|res) [0-9a-f]{2}(?:[/:][0-9a-f]{2}){11}/ });
export const Tag = createToken({ name: 'Tag', pattern: /tag \d+/ });
/** `ncq dma 4096 in`: protocol, bytes, direction. */
export const Data = createToken({ name: 'Data', pattern: /(?:unknown|nodata|pio|dma|ncq dma|ncq nodata) \d+ (?:in|out|bidi)/ });
/** `(media error)`: what Emask means. */
export const Meaning = createToken({ name: 'Meaning', pattern: /\([^)\n]+\)/, line_breaks: false });

export const MODES: Modes = {
  ata: [Port, Word],
  'ata-text': [Blank, Mask, Frozen, Tries, Bits, Command, Taskfile, Tag, Data, Meaning, Word],
};
