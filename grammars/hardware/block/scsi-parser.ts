import { LineParser } from '../../common/parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './scsi-tokens.ts';

/** Reads what the SCSI midlayer prints of a command: its result, its sense data, and the command itself. drivers/scsi/scsi_logging.c. */
export class ScsiParser extends LineParser {
  /** `sd 2:0:7:0: [sdm] tag#3 ` and one of the three; until 3.17 the device had a line of its own. */
  readonly scsiLine = this.RULE('scsiLine', () => {
    const said: Record<string, string> = {};
    const put = (name: string, value: string) => {
      said[name] ??= value;
    };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Address);
            this.ACTION(() => put('address', image.replace(/^\w+ |: ?$/g, '')));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Disk);
            this.ACTION(() => put('device', image.slice(1, -1)));
          },
        },
        { ALT: () => put('tag', this.CONSUME(t.Tag).image.slice(4)) },
        { ALT: () => put('disposition', this.CONSUME(t.Disposition).image) },
        { ALT: () => this.CONSUME(t.ResultLead) },
        { ALT: () => this.CONSUME(t.Vendor) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.KeyValue);
            this.ACTION(() => {
              const at = image.indexOf('=');
              put(KEYS[image.slice(0, at).toLowerCase()] ?? '', image.slice(at + 1).replace(/s$/, ''));
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.SenseKeyLead);
            this.MANY1(() =>
              this.OR1([{ ALT: () => put('senseKey', this.CONSUME(t.SenseKey).image.trim()) }, { ALT: () => this.CONSUME(t.SenseFlag) }]),
            );
          },
        },
        { ALT: () => put('sense', this.CONSUME(t.AddSense).image.slice('Add. Sense: '.length)) },
        { ALT: () => this.CONSUME(t.CdbLead) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.CommandName);
            this.ACTION(() => put('cdb', image.replace(/:$/, '')));
          },
        },
        { ALT: () => put('bytes', this.CONSUME(t.Bytes).image) },
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
    return { line: () => this.SUBRULE(this.scsiLine) };
  }
}

const KEYS: Readonly<Record<string, string>> = { hostbyte: 'host', driverbyte: 'driver', cmd_age: 'age', asc: 'asc', ascq: 'ascq' };
