import { MESSAGES } from '../json/message.ts';
import { LINE_LIMIT } from '../split-lines.ts';
import type { OnLine, Unwrapping, Wrapping } from './wrapping.ts';

/** What a record begins with: an item of a list, a document. */
const BEGINS = /^(?:- (?=[\w@.-]{1,64}:(?: |$))|---$)/;
const FIELD = /^(?<indent>[ -]*)(?<key>[\w@.-]{1,64}):(?: +(?<value>.*))?$/;
const MESSAGE = new RegExp(`^(?:- )?[ ]*(?:${[...MESSAGES, 'message'].join('|')}): +\\S`, 'm');
const SEVERAL = 3;
/** Fields of a record that are kept. */
const MAX_FIELDS = 1024;

/** Records in YAML, as command line tools of clouds print them and people keep them: each becomes a line of JSON. */
export const YAML_RECORDS: Wrapping = {
  fits(head) {
    if (!/^(?:---\r?\n|- [\w@.-]{1,64}:[ \r\n])/.test(head)) return false;
    return head.split(/\r?\n/).filter((line) => BEGINS.test(line)).length >= SEVERAL && MESSAGE.test(head);
  },
  unwrap: (onLine) => new YamlRecords(onLine),
};

/** Fields of a record; those of maps within it stand beside them. */
class YamlRecords implements Unwrapping {
  readonly #onLine: OnLine;
  #fields = new Map<string, string>();
  #lineNo = 0;
  /** The field that goes on, and by how much its lines are indented at least. */
  #open: { readonly key: string; readonly indent: number; readonly isBlock: boolean; width?: number } | undefined;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  line(s: string, start: number, end: number, lineNo: number): void {
    const line = s.slice(start, end);
    if (BEGINS.test(line)) {
      this.end();
      this.#lineNo = lineNo;
    }
    if (this.#goesOn(line)) return;
    this.#open = undefined;
    const field = FIELD.exec(line)?.groups;
    if (field === undefined) {
      // no YAML, or none of a record, which is over
      this.end();
      if (line !== '---') this.#onLine(line, 0, line.length, lineNo);
      return;
    }
    const { indent: before = '', key = '', value = '' } = field;
    if (this.#fields.has(key) || this.#fields.size >= MAX_FIELDS) return;
    const isBlock = /^[|>][+-]?\d?$/.test(value);
    this.#fields.set(key, isBlock ? '' : value);
    if (value !== '') this.#open = { key, indent: before.length, isBlock };
  }

  /** A line of a scalar of several: of a block as it stands, but for the indent of its first. */
  #goesOn(line: string): boolean {
    const open = this.#open;
    const indent = line.search(/[^ ]/);
    if (open === undefined || (indent >= 0 && indent <= open.indent)) return false;
    const before = this.#fields.get(open.key) ?? '';
    if (before.length > LINE_LIMIT) return false;
    open.width ??= Math.max(indent, 0);
    const text = open.isBlock ? line.slice(open.width) : line.trim();
    this.#fields.set(open.key, before === '' ? text : `${before}${open.isBlock ? '\n' : ' '}${text}`);
    return true;
  }

  end(): void {
    const record = Object.fromEntries([...this.#fields].map(([key, value]) => [key, scalar(value)]));
    if (this.#fields.size > 0) {
      const line = JSON.stringify(record);
      this.#onLine(line, 0, line.length, this.#lineNo);
    }
    this.#fields = new Map();
    this.#open = undefined;
  }
}

/** A scalar of YAML 1.2: in double quotes as in JSON, in single ones, or plain. */
function scalar(value: string): string {
  if (value.startsWith('"')) {
    try {
      return String(JSON.parse(value));
    } catch {
      return value;
    }
  }
  return value.startsWith("'") && value.endsWith("'") && value.length > 1 ? value.slice(1, -1).replaceAll("''", "'") : value;
}
