/** A `Code:` line: what lay in memory around the instruction that faulted. */
export interface CodeBytes {
  /** Units as printed, one blank between: bytes on x86, instruction words elsewhere (`d65f03c0`), `??` where unreadable. */
  readonly bytes: string;
  /** Index in bytes of the marked instruction; absent where nothing is marked. */
  readonly faultIndex?: number;
}

/** What x86 prints unless something is damaged, told by one look. */
const MARKED_BYTES = /^(?:[0-9a-f]{2} ){0,128}<[0-9a-f]{2}>(?: [0-9a-f]{2}){0,126}$/;

/** Lines that are kept: what repeats in a log shows the same code each time. */
const MOST_KNOWN = 64;
const known = new Map<string, CodeBytes | undefined>();

/**
 * Reads what follows `Code:`. x86 and mips mark the instruction `<0f>`, arm, arm64, riscv and loongarch `(b9400000)`
 * (show_opcodes(), dump_kernel_instr(), dump_instr()). Byte string in, undefined for `Bad RIP value.` and other words.
 * @returns the same object for a text that comes again soon
 */
export function parseCode(text: string): CodeBytes | undefined {
  const before = known.get(text);
  if (before !== undefined || known.has(text)) return before;
  const code = parse(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, code);
  return code;
}

function parse(text: string): CodeBytes | undefined {
  if (MARKED_BYTES.test(text)) return { bytes: text.replace('<', '').replace('>', ''), faultIndex: text.indexOf('<') / 3 };
  const units: string[] = [];
  let index = 0;
  let faultIndex: number | undefined;
  for (const word of text.trim().split(/\s+/, 256)) {
    const m = /^([<(]?)((?:[0-9a-f]{2}|\?\?){1,4})([>)]?)$/i.exec(word);
    if (!m) break; // a record of another CPU glued to the line, or words instead of code
    if (m[1] && faultIndex === undefined) faultIndex = index;
    const unit = (m[2] ?? '').toLowerCase();
    units.push(unit);
    index += unit.length / 2;
  }
  if (units.length < 2 && faultIndex === undefined) return undefined;
  return faultIndex === undefined ? { bytes: units.join(' ') } : { bytes: units.join(' '), faultIndex };
}

/** The code as it lay in memory, up to the first unreadable unit after the fault; words are little endian unless told otherwise. */
export function memoryOf(code: CodeBytes, bigEndian = false): Uint8Array {
  const bytes: number[] = [];
  for (const unit of code.bytes.split(' ')) {
    if (unit.includes('?')) {
      if (bytes.length > (code.faultIndex ?? 0)) break;
      for (let i = 0; i < unit.length; i += 2) bytes.push(0x90); // keeps the index; nothing is decoded from before a hole
      continue;
    }
    const pairs = (unit.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
    bytes.push(...(bigEndian ? pairs : pairs.reverse()));
  }
  return Uint8Array.from(bytes);
}
