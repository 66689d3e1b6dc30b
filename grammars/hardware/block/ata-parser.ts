import { LineParser } from '../../common/parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './ata-tokens.ts';

/** Reads what libata's error handler prints of an exception, line by line: drivers/ata/libata-eh.c ata_eh_link_report(). */
export class AtaParser extends LineParser {
  /** The lines share their parts; which a row has, it declares. */
  readonly ataLine = this.RULE('ataLine', () => {
    const said: Record<string, string> = {};
    const put = (name: string, value: string) => {
      said[name] ??= value;
    };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Port);
            this.ACTION(() => {
              const [port, link] = image.slice(0, -2).split('.');
              put('port', port ?? '');
              if (link !== undefined) put('link', link);
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Mask);
            this.ACTION(() => {
              const [name, value] = image.split(' ') as [string, string];
              // the mask of a result is its own, not the exception's
              put(said.res === undefined ? name.toLowerCase() : 'resEmask', value);
            });
          },
        },
        { ALT: () => put('frozen', this.CONSUME(t.Frozen).image) },
        { ALT: () => put('tries', this.CONSUME(t.Tries).image.slice(1)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Bits);
            this.ACTION(() => {
              const at = image.indexOf(': {');
              put(BITS[image.slice(0, at)] ?? '', image.slice(at + 3, -1).trim());
            });
          },
        },
        { ALT: () => put('command', this.CONSUME(t.Command).image.slice('failed command: '.length)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Taskfile);
            this.ACTION(() => put(image.slice(0, 3), image.slice(4)));
          },
        },
        { ALT: () => put('tag', this.CONSUME(t.Tag).image.slice(4)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Data);
            this.ACTION(() => {
              const parts = image.split(' ');
              put('bytes', parts.at(-2) ?? '');
              put('protocol', parts.slice(0, -2).join(' '));
            });
          },
        },
        { ALT: () => put('error', this.CONSUME(t.Meaning).image.slice(1, -1)) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  constructor() {
    super(['line'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { line: () => this.SUBRULE(this.ataLine) };
  }
}

/** The registers whose bits are named, and their fields. */
const BITS: Readonly<Record<string, string>> = { SError: 'serror', status: 'status', error: 'errors' };
