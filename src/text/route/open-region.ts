import type { PrintkRecord } from '../../record/record.ts';
import type { BytesParser, LineParser } from '../line-parser.ts';
import type { RegionForm } from './regions.ts';

/** The parser of a form of several lines, while its lines come. */
export class OpenRegion {
  private form: RegionForm | undefined;
  private parser: LineParser | BytesParser | undefined;
  private readonly losses: string[];

  constructor(losses: string[]) {
    this.losses = losses;
  }

  get isOpen(): boolean {
    return this.form !== undefined;
  }

  line(form: RegionForm, text: string, lineNo: number, out: PrintkRecord[]): void {
    if (form !== this.form) {
      this.close(out);
      this.form = form;
      this.parser = form.parser(this.losses);
    }
    const { parser } = this;
    if (parser === undefined) return;
    if ('line' in parser) parser.line(text, 0, text.length, lineNo, out);
    else parser.bytes(`${text}\n`, out);
  }

  flush(out: PrintkRecord[]): void {
    this.parser?.flush(out);
  }

  /** Its last line has come. */
  close(out: PrintkRecord[]): void {
    this.parser?.flush(out);
    this.parser?.end?.(out);
    this.parser = undefined;
    this.form = undefined;
  }
}
