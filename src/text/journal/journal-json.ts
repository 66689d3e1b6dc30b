import type { PrintkRecord } from '../../record/record.ts';
import { journalEntryOf } from '../json/journal-entry.ts';
import type { ParsedJson } from '../json/parse-bytes.ts';
import { FIELDS, JournalEntries } from './entry.ts';

/** journalctl -o json, json-pretty, json-sse, json-seq. */
export class JournalJson {
  private readonly entries = new JournalEntries();

  read(json: ParsedJson, lineNo: number, out: PrintkRecord[]): void {
    const fields = new Map<string, string>();
    const entry = journalEntryOf(json.object) ?? json.object;
    for (const [name, value] of Object.entries(entry)) {
      if (!FIELDS.has(name)) continue;
      const text = bytesOf(value, json.bytes);
      if (text !== undefined) fields.set(name, text);
    }
    // journalctl leaves out what is longer than 4096 bytes unless asked for --all: the record is known, its text is not
    if (entry.MESSAGE === null) fields.set('MESSAGE', '');
    this.entries.read(fields, lineNo, out);
  }
}

/** A text; bytes that are no UTF-8 as an array of numbers; a field that occurs twice as an array of those. */
function bytesOf(value: unknown, bytes: (text: string) => string): string | undefined {
  if (typeof value === 'string') return bytes(value);
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return undefined;
  if (typeof value[0] !== 'number') return bytesOf(value[0], bytes);
  return Buffer.from(value.filter((b): b is number => typeof b === 'number')).toString('latin1');
}
