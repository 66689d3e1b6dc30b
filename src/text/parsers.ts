import { Datagrams } from './datagrams.ts';
import type { TextReaderOptions } from './forms.ts';
import { JournalExport } from './journal/journal-export.ts';
import { JournalJson } from './journal/journal-json.ts';
import { JournalVerbose } from './journal/journal-verbose.ts';
import { DmesgJson } from './json/dmesg-json.ts';
import { JsonParser } from './json/json-lines.ts';
import { KmsgParser } from './kmsg/kmsg.ts';
import type { BytesParser, LineParser } from './line-parser.ts';
import { PlainParser } from './plain.ts';
import { PstoreParser } from './pstore/pstore.ts';
import { RamoopsRegion } from './pstore/ramoops.ts';
import type { Layout } from './sniff/layout.ts';
import { RsyslogDebug } from './tagged/rsyslog-debug.ts';
import { TaggedParser } from './tagged/tagged.ts';

/** The parser of a form. */
export function createParser(layout: Layout, options: TextReaderOptions, losses: string[]): LineParser | BytesParser {
  switch (layout.form) {
    case 'kmsg':
      return new KmsgParser(new PlainParser(layout), losses);
    case 'journal':
    case 'syslog':
      return new TaggedParser(layout, options.asOf);
    case 'rsyslog-debug':
      return new RsyslogDebug();
    case 'dmesg-json': {
      const dmesg = new DmesgJson();
      return new JsonParser((json, lineNo, out) => dmesg.read(json, lineNo, out), losses);
    }
    case 'journal-json': {
      const journal = new JournalJson();
      return new JsonParser((json, lineNo, out) => journal.read(json, lineNo, out), losses);
    }
    case 'journal-export':
      return new JournalExport(losses);
    case 'journal-verbose':
      return new JournalVerbose();
    case 'datagrams': {
      const datagrams = new Datagrams(losses);
      return new JsonParser((json, lineNo, out) => datagrams.read(json, lineNo, out), losses, datagrams);
    }
    case 'ramoops':
      return new RamoopsRegion(losses);
    case 'pstore':
      return new PstoreParser();
    default:
      return new PlainParser(layout);
  }
}
