import type { TextForm } from '../forms.ts';
import { JournalExport } from '../journal/journal-export.ts';
import { JournalJson } from '../journal/journal-json.ts';
import { JournalVerbose } from '../journal/journal-verbose.ts';
import { DmesgJson } from '../json/dmesg-json.ts';
import { JsonParser } from '../json/json-lines.ts';
import type { BytesParser, LineParser } from '../line-parser.ts';
import { PstoreParser } from '../pstore/pstore.ts';
import { PSTORE_HEADER } from '../sniff/line-kinds.ts';
import { RsyslogDebug } from '../tagged/rsyslog-debug.ts';

/** A form whose records take several lines: where one begins within a text, and which lines are still its. */
export interface RegionForm {
  readonly form: TextForm;
  readonly begins: RegExp;
  readonly belongs: RegExp;
  readonly parser: (losses: string[]) => LineParser | BytesParser;
}

/** JSON over several lines, `data: ` of server-sent events, RS of sequences. */
export const JSON_LINE = /^(?:\s*|\x1e|data: ?)["{}[\],]|^\s+-?\d|^\s*$|^(?:data|id|event):/;

export const REGIONS: readonly RegionForm[] = [
  {
    form: 'journal-export',
    begins: /^__CURSOR=s=[\da-f]/,
    belongs: /^$|^_{0,2}[A-Z][A-Z0-9_]{0,63}(?:=|$)/,
    parser: (losses) => new JournalExport(losses),
  },
  {
    form: 'journal-verbose',
    begins: /^\w{3} \d{4}-\d\d-\d\d [\d:.]{8,15} \S+ \[s=[\da-f]+;/,
    belongs: /^ {4}|^\w{3} \d{4}-\d\d-\d\d [\d:.]{8,15} \S+ \[s=/,
    parser: () => new JournalVerbose(),
  },
  {
    form: 'rsyslog-debug',
    begins: /^Debug line with all properties:/,
    belongs:
      /^$|^(?:Debug line|FROMHOST: |syslogtag |programname: |msg: |escaped msg: |inputname: |rawmsg: |\$!:|\$\.:|\$\/:|structured data: |TIMESTAMP: )/,
    parser: () => new RsyslogDebug(),
  },
  {
    form: 'dmesg-json',
    begins: /^\s*(?:\{\s*)?"dmesg": ?\[\s*$/,
    belongs: JSON_LINE,
    parser: (losses) => {
      const dmesg = new DmesgJson();
      return new JsonParser((json, lineNo, out) => dmesg.read(json, lineNo, out), losses);
    },
  },
  {
    form: 'journal-json',
    begins: /^\s+"__CURSOR" ?: "s=[\da-f]/,
    belongs: JSON_LINE,
    parser: (losses) => {
      const journal = new JournalJson();
      return new JsonParser((json, lineNo, out) => journal.read(json, lineNo, out), losses);
    },
  },
  { form: 'pstore', begins: PSTORE_HEADER, belongs: /^(?:<\d{1,3}>)?\[|^$|^<\d{1,3}>/, parser: () => new PstoreParser() },
];

const BEGINS = new RegExp(REGIONS.map(({ begins }) => begins.source).join('|'));

/** The form of several lines that begins with a line. */
export const regionAt = (line: string): RegionForm | undefined =>
  BEGINS.test(line) ? REGIONS.find(({ begins }) => begins.test(line)) : undefined;
