/** Readers of the forms that lastkmsg exports to, written from their specifications and not from our writers. */

/** Entries of systemd's journal export format (systemd.io/JOURNAL_EXPORT_FORMATS). @throws where the framing is broken */
export function entriesOf(bytes: Buffer): Map<string, string>[] {
  const entries: Map<string, string>[] = [];
  let entry = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw new Error('the last line has no end');
    const line = bytes.subarray(at, end);
    at = end + 1;
    if (line.length === 0) {
      entries.push(entry);
      entry = new Map();
      continue;
    }
    const equals = line.indexOf('=');
    if (equals >= 0) entry.set(line.subarray(0, equals).toString(), line.subarray(equals + 1).toString());
    else {
      const size = Number(bytes.readBigUInt64LE(at));
      entry.set(line.toString(), bytes.subarray(at + 8, at + 8 + size).toString());
      at += 8 + size;
      if (bytes[at++] !== 10) throw new Error(`no line feed behind ${line}`);
    }
  }
  if (entry.size > 0) throw new Error('the last entry is not ended');
  return entries;
}

const LABEL = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"`;
const METRIC = new RegExp(String.raw`^[a-zA-Z_:][\w:]*\{${LABEL}(?:,${LABEL})*\} \d+(?:\.\d+)?$`);
const COMMENT = /^# (?:HELP [a-zA-Z_:][\w:]* .+|TYPE [a-zA-Z_:][\w:]* (?:gauge|counter))$/;

/** Whether a line is one of Prometheus's text format. */
export const isPrometheus = (line: string): boolean => METRIC.test(line) || COMMENT.test(line);

const ATTRIBUTE = String.raw`\s+[\w.]+="(?:[^<&"]|&(?:amp|lt|gt|quot|apos|#10|#9);)*"`;
const TAG = new RegExp(String.raw`<(?:(\/)([\w]+)|(\w+)((?:${ATTRIBUTE})*)(\/?))>`, 'y');
const TEXT = /(?:[^<&]|&(?:amp|lt|gt|quot|apos);)+/y;

/** What keeps a document from being well-formed XML 1.0: characters, tags that do not match, bare markup. Empty when all is well. */
export function xmlFaults(document: string): string[] {
  const wrong = /[^\x09\x0a\x0d\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(document);
  if (wrong) return [`a character that XML does not have at ${wrong.index}`];
  const open: string[] = [];
  let at = document.indexOf('?>') + 2;
  while (at < document.length) {
    TAG.lastIndex = TEXT.lastIndex = at;
    const tag = TAG.exec(document);
    const matched = tag ?? TEXT.exec(document);
    if (!matched) return [`markup at ${at}: ${document.slice(at, at + 20)}`];
    at += matched[0].length;
    if (!tag) continue;
    const [, closes, closed, opened, , empty] = tag;
    if (closes && open.pop() !== closed) return [`</${closed}> closes another`];
    if (opened && !empty) open.push(opened);
  }
  return open.map((name) => `<${name}> is not closed`);
}
