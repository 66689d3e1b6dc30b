import type { PrintkRecord } from '../../record/record.ts';
import type { LineParser } from '../line-parser.ts';
import { PlainParser } from '../plain.ts';
import { PLAIN_LAYOUT } from '../sniff/layout.ts';
import { type Dump, dumpsOf, type Line, type Part, partHeader, stamped } from './dumps.ts';
import { mergeDumps } from './merge.ts';
import { partName } from './part-name.ts';

/** Text that is kept until the end to be put in order; what is longer is no pstore and goes through as it comes. */
const HELD_LIMIT = 16 << 20;

/**
 * Parts of pstore in one text: a part alone, parts one after the other, or systemd-pstore's dmesg.txt, where a line with the name of
 * its file stands before each part and two dumps may be mixed. Record numbers are line numbers of the text, so they may go back.
 */
export class PstoreParser implements LineParser {
  private readonly parts: Part[] = [];
  private current: { header: ReturnType<typeof partHeader>; name: string; lines: Line[] } = { header: undefined, name: '', lines: [] };
  private bytes = 0;
  private direct: PlainParser | undefined;

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    if (this.direct !== undefined) {
      this.direct.line(s, start, end, lineNo, out);
      return;
    }
    const text = s.slice(start, end);
    const header = partHeader(text);
    if (header !== undefined) {
      const before = this.current.lines.at(-1)?.text;
      const named = before?.endsWith(':') === true && partName(before.slice(0, -1)) !== undefined;
      if (named) this.current.lines.pop();
      this.close();
      this.current = { header, name: named ? (before ?? '').slice(0, -1) : '', lines: [] };
    } else {
      this.current.lines.push({ lineNo, text });
      this.bytes += text.length;
      if (this.bytes > HELD_LIMIT) this.give(out, true);
    }
  }

  flush(): void {}

  end(out: PrintkRecord[]): void {
    if (this.direct === undefined) this.give(out, false);
    else this.direct.flush(out);
  }

  private close(): void {
    const { header, name, lines } = this.current;
    if (header === undefined && lines.length === 0) return;
    const file = partName(name);
    this.parts.push({ ...(header ?? { reason: '', count: 0, part: 0 }), time: file?.time, id: file?.id ?? this.parts.length, lines });
  }

  private give(out: PrintkRecord[], goOn: boolean): void {
    this.close();
    for (const record of recordsOf(dumpsOf(this.parts))) out.push(record);
    this.parts.length = 0;
    this.current = { header: undefined, name: '', lines: [] };
    if (goOn) this.direct = new PlainParser({ ...PLAIN_LAYOUT, form: 'dmesg' });
  }
}

/** The log that dumps hold together: later dumps of a crash hold the earlier ones' lines again. */
export function recordsOf(dumps: readonly Dump[]): PrintkRecord[] {
  return dumps.map((dump) => stamped(parsed(dump.parts.flatMap((p) => p.lines)), dump.time)).reduce<PrintkRecord[]>(mergeDumps, []);
}

function parsed(lines: readonly Line[]): PrintkRecord[] {
  const out: PrintkRecord[] = [];
  const parser = new PlainParser({ ...PLAIN_LAYOUT, form: 'dmesg' });
  for (const { text, lineNo } of lines) parser.line(text, 0, text.length, lineNo, out);
  parser.flush(out);
  return out;
}
