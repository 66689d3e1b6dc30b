import { createToken, Lexer } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../../common/tokens.ts';

/** HW_ERR, or the driver of a memory controller with the number of its controller. */
export const Tag = createToken({
  name: 'Tag',
  pattern: /(?:(?:mce|BERT): )?(?:\{\d+\})?\[Hardware Error\]: *|EDAC [\w-]+ MC\d+: /,
  group: Lexer.SKIPPED,
  line_breaks: false,
});
export const Colon = createToken({ name: 'Colon', pattern: /:/ });
export const Comma = createToken({ name: 'Comma', pattern: /,/ });

// `CPU 5: Machine Check Exception: 4 Bank 3: be00…`, `TSC 7dc ADDR 3f2 `: names and the numbers behind them.
/** ` Exception` only where MCG_STATUS says so; ` Event` of the EDAC drivers. */
export const MachineCheck = createToken({ name: 'MachineCheck', pattern: /Machine Check(?: Exception| Event)?:/ });
export const Column = createToken({
  name: 'Column',
  pattern: /(?:CPU|Bank|RIP|TSC|ADDR|MISC|PPIN|SYND[12]?|IPID|PROCESSOR|TIME|SOCKET|APIC|microcode)(?= )/,
});
export const Inexact = createToken({ name: 'Inexact', pattern: /!INEXACT!/ });
export const Pointer = createToken({ name: 'Pointer', pattern: /<[0-9a-f]+>/ });
export const PointerSymbol = createToken({
  name: 'PointerSymbol',
  pattern: /\{[A-Za-z_.$][^\s}]*\+0x[0-9a-f]+\/0x[0-9a-f]+(?: \[[^\]\s]+\])?\}/,
  line_breaks: false,
});
export const Hex = createToken({ name: 'Hex', pattern: /(?:0x)?[0-9a-f]+(?![^\s:,)])/, line_breaks: false });

// `CPU:2 (17:1:2) MC15_STATUS[Over|CE|-]: 0xdc20…` of mce_amd.c
export const AmdCpu = createToken({ name: 'AmdCpu', pattern: /CPU:\d+/ });
export const AmdModel = createToken({ name: 'AmdModel', pattern: /\([0-9a-f:]+\)/ });
export const AmdStatus = createToken({ name: 'AmdStatus', pattern: /MC\d+_STATUS/ });
export const AmdFlags = createToken({ name: 'AmdFlags', pattern: /\[[^\]\n]*\]/, line_breaks: false });

// `key: text, key: text`: CPER's lines. Behind a key a number may stand in front of the words that explain it.
export const EntryKey = createToken({
  name: 'EntryKey',
  pattern: /[A-Za-z_][\w ()/-]*: */,
  push_mode: 'entry-value',
  line_breaks: false,
});
export const EntryCode = createToken({ name: 'EntryCode', pattern: /(?:0x)?[0-9a-f]+(?=, [^,\n:]+(?![^\n])|: )/, line_breaks: false });
export const EntryText = createToken({ name: 'EntryText', pattern: /[^,\n]+/, start_chars_hint: ANY_CHAR, line_breaks: false });
/** The next is a key again. */
export const EntryEnd = createToken({ name: 'EntryEnd', pattern: /, (?=[A-Za-z_][\w ()/-]*: )/, pop_mode: true });

// `node:1 card:2`, `node: 1 card: 2`
export const PairKey = createToken({ name: 'PairKey', pattern: /[A-Za-z_]\w*:/ });
export const PairValue = createToken({ name: 'PairValue', pattern: /[^\s(),]+/, start_chars_hint: ANY_CHAR, line_breaks: false });

// `EDAC MC2: 3 CE memory read error on LABEL (channel:2 slot:0 …)`
export const EdacController = createToken({ name: 'EdacController', pattern: /EDAC MC\d+:/ });
export const EdacCount = createToken({ name: 'EdacCount', pattern: /\d+(?= [CU]E )/ });
export const EdacClass = createToken({ name: 'EdacClass', pattern: /[CU]E(?= )/ });
export const EdacOn = createToken({ name: 'EdacOn', pattern: /on(?= \S)/, push_mode: 'edac-label' });
export const EdacMessage = createToken({
  name: 'EdacMessage',
  pattern: /\S[^\n]*?(?= on \S)/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
});
/** A label is free text: of the board, by the user (edac-ctl). The place stands in parentheses behind it. */
export const EdacLabel = createToken({
  name: 'EdacLabel',
  pattern: /\S[^\n]*?(?= \([^()\n]*page:0x)|\S[^\n]*/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
});
export const Open = createToken({ name: 'Open', pattern: /\(/, push_mode: 'pairs' });
export const Close = createToken({ name: 'Close', pattern: /\)/ });

export const MODES: Modes = {
  columns: [Blank, Tag, MachineCheck, Column, Inexact, Pointer, PointerSymbol, Colon, Hex, Word],
  amd: [Blank, Tag, AmdCpu, AmdModel, AmdStatus, AmdFlags, Colon, Hex, Word],
  entries: [Blank, Tag, Comma, EntryKey, EntryText],
  'entry-value': [Blank, EntryEnd, EntryCode, Comma, Colon, EntryText],
  pairs: [Blank, Tag, PairKey, Close, PairValue],
  edac: [Blank, EdacController, EdacCount, EdacClass, EdacOn, EdacMessage, Word],
  'edac-label': [Blank, Open, EdacLabel],
};
