import { Datagrams } from './datagrams.ts';
import { JournalExport } from './journal/journal-export.ts';
import { JournalJson } from './journal/journal-json.ts';
import { JournalVerbose } from './journal/journal-verbose.ts';
import { DmesgJson } from './json/dmesg-json.ts';
import { JsonParser } from './json/json-lines.ts';
import { KmsgParser } from './kmsg/kmsg.ts';
import type { BytesParser, LineParser } from './line-parser.ts';
import { PstoreParser } from './pstore/pstore.ts';
import { RamoopsRegion } from './pstore/ramoops.ts';
import { JSON_LINE, REGIONS } from './route/regions.ts';
import { LineRouter, type RouterOptions } from './route/router.ts';
import { WithOthers } from './route/with-others.ts';
import { RsyslogDebug } from './tagged/rsyslog-debug.ts';

/** The parser of a text whose head has that layout. Forms whose records take several lines leave the lines that are not theirs to the router. */
export function createParser(options: RouterOptions): LineParser | BytesParser {
  const { layout, losses } = options;
  const { form } = layout;
  const router = new LineRouter(options);
  const beside = (inner: LineParser, belongs: RegExp | undefined): LineParser =>
    belongs === undefined ? inner : new WithOthers(inner, belongs, router);
  switch (form) {
    case 'kmsg':
      return new KmsgParser(router, losses);
    case 'rsyslog-debug':
      return beside(new RsyslogDebug(), belongsTo(form));
    case 'dmesg-json': {
      const dmesg = new DmesgJson();
      return beside(new JsonParser((json, lineNo, out) => dmesg.read(json, lineNo, out), losses), JSON_LINE);
    }
    case 'journal-json': {
      const journal = new JournalJson();
      return beside(new JsonParser((json, lineNo, out) => journal.read(json, lineNo, out), losses), JSON_LINE);
    }
    case 'journal-export':
      return new JournalExport(losses, router);
    case 'journal-verbose':
      return beside(new JournalVerbose(), belongsTo(form));
    case 'datagrams': {
      const datagrams = new Datagrams(losses);
      return beside(new JsonParser((json, lineNo, out) => datagrams.read(json, lineNo, out), losses, datagrams), JSON_LINE);
    }
    case 'ramoops':
      return new RamoopsRegion(losses);
    case 'pstore':
      return new PstoreParser();
    default:
      return router;
  }
}

const belongsTo = (form: string): RegExp | undefined => REGIONS.find((region) => region.form === form)?.belongs;
