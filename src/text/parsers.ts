import { KmsgParser } from './kmsg/kmsg.ts';
import type { LineParser } from './line-parser.ts';
import { PlainParser } from './plain.ts';
import type { TextReaderOptions } from './reader.ts';
import type { Layout } from './sniff/layout.ts';
import { TaggedParser } from './tagged/tagged.ts';

/** The parser of a form. */
export function createParser(layout: Layout, options: TextReaderOptions, losses: string[]): LineParser {
  switch (layout.form) {
    case 'kmsg':
      return new KmsgParser(new PlainParser(layout), losses);
    case 'journal':
    case 'syslog':
      return new TaggedParser(layout, options.asOf);
    default:
      return new PlainParser(layout);
  }
}
