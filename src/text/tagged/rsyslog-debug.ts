import type { PrintkRecord } from '../../record/record.ts';
import type { LineParser } from '../line-parser.ts';
import { makeRecord } from '../make-record.ts';
import { Cursor } from '../prefix/cursor.ts';
import { readKernelTime } from '../prefix/kernel-time.ts';
import { setPriority } from '../prefix/priority.ts';
import { decodeOctal } from './octal.ts';

/** rsyslog's RSYSLOG_DebugFormat: a block of properties a message. */
export class RsyslogDebug implements LineParser {
  private readonly c = new Cursor();
  private priority: number | undefined;
  private program = '';

  line(s: string, start: number, end: number, lineNo: number, out: PrintkRecord[]): void {
    const line = s.slice(start, end);
    if (line.startsWith('FROMHOST: ')) {
      const value = /, PRI: (\d{1,4}),?$/.exec(line)?.[1];
      this.priority = value === undefined ? undefined : Number(value);
    } else if (line.startsWith("syslogtag '")) this.program = /programname: '([^']*)'/.exec(line)?.[1] ?? '';
    else if (line.startsWith("msg: '") && this.program === 'kernel') {
      const text = line.slice(6, line.endsWith("'") ? -1 : undefined);
      this.c.start(text, 0, text.length);
      if (this.priority !== undefined) setPriority(this.c, this.priority);
      if (this.c.at(0) === 0x20 && this.c.at(1) === 0x5b) this.c.pos++;
      readKernelTime(this.c);
      out.push(makeRecord(lineNo, this.c, decodeOctal(this.c.rest())));
    }
  }

  flush(): void {}
}
