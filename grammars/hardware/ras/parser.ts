import { applyModule, symbolFrame } from '../../call-trace/frame.ts';
import { LineParser } from '../../common/parser.ts';
import { Word } from '../../common/tokens.ts';
import { COLUMNS, KEYS } from './keys.ts';
import * as t from './tokens.ts';

/** Captures of one line. */
type Said = Record<string, string>;

/** Reads the structured lines of machine checks, CPER records and EDAC: names and their values, each in its printer's style. */
export class RasParser extends LineParser {
  /**
   * __print_mce() and the EDAC drivers: `CPU 5: Machine Check Exception: 4 Bank 3: be00…`, `RIP !INEXACT! 10:<…> {sym}`, `TSC 7dc ADDR 3f2`,
   * `PROCESSOR 0:50657 TIME …`. A name has one number behind it, or two with a colon between.
   */
  readonly columns = this.RULE('columns', () => {
    const said: Said = {};
    let names: readonly string[] = [];
    let symbol: string | undefined;
    const value = (image: string): void => {
      const [name, ...others] = names;
      if (name !== undefined) said[name] ??= image;
      names = others;
    };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Column);
            this.ACTION(() => (names = COLUMNS.get(image) ?? []));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.MachineCheck);
            this.ACTION(() => {
              names = ['mcgStatus'];
              if (image.includes('Exception')) said.exception = 'Exception';
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Hex);
            this.ACTION(() => value(image));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Pointer);
            this.ACTION(() => value(image.slice(1, -1)));
          },
        },
        { ALT: () => (symbol = this.CONSUME(t.PointerSymbol).image) },
        { ALT: () => (said.inexact = this.CONSUME(t.Inexact).image) },
        { ALT: () => this.CONSUME(t.Colon) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => {
      this.sayDeclared(said);
      if (symbol === undefined) return;
      const [name = '', module] = symbol.slice(1, -1).split(' ');
      const frame = symbolFrame(name, undefined);
      if (module !== undefined) applyModule(frame, module);
      this.push({ type: 'pointer', line: this.at, register: 'RIP', segment: said.segment, frame });
    });
  });

  /** mce_amd.c amd_decode_mce(): `CPU:2 (17:1:2) MC15_STATUS[Over|CE|-]: 0xdc20…`. */
  readonly amd_status = this.RULE('amd_status', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        { ALT: () => (said.cpu = this.CONSUME(t.AmdCpu).image.slice(4)) },
        { ALT: () => (said.model = this.CONSUME(t.AmdModel).image.slice(1, -1)) },
        { ALT: () => (said.bank = this.CONSUME(t.AmdStatus).image.slice(2, -7)) },
        { ALT: () => (said.flags = this.CONSUME(t.AmdFlags).image.slice(1, -1)) },
        { ALT: () => (said.status = this.CONSUME(t.Hex).image) },
        { ALT: () => this.CONSUME(t.Colon) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  /** cper.c and its like: `key: text`, `key: 2, what the number means`, `key: 0x1, key: 0x2`. */
  readonly entries = this.RULE('entries', () => {
    const said: Said = {};
    let name: string | undefined;
    let texts: string[] = [];
    const finish = (): void => {
      const text = texts.join(', ').trim();
      // `device_id` is a function of the bus on one line, the number that its maker gave it on another
      if (name !== undefined && text !== '') said[name === 'device' && text.startsWith('0x') ? 'deviceId' : name] ??= text;
      texts = [];
    };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.EntryKey);
            this.ACTION(() => {
              finish();
              name = KEYS.get(image.replace(/: *$/, ''));
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.EntryCode);
            this.ACTION(() => {
              if (name !== undefined) said[`${name}Code`] ??= image;
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.EntryText);
            this.ACTION(() => texts.push(image.trim()));
          },
        },
        { ALT: () => this.CONSUME(t.EntryEnd) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Colon) },
      ]);
    });
    this.ACTION(() => {
      finish();
      this.sayDeclared(said);
    });
  });

  /** cper_mem_err_location(): `node:1 card:2 module:0 …`. */
  readonly pairs = this.RULE('pairs', () => {
    const said: Said = {};
    this.SUBRULE(this.place, { ARGS: [said] });
    this.ACTION(() => this.sayDeclared(said));
  });

  /** Pairs of a name and a value; words between them are flags of the driver (`OVERFLOW`). */
  readonly place = this.RULE('place', (said: Said) => {
    let name: string | undefined;
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.PairKey);
            this.ACTION(() => (name = KEYS.get(image.slice(0, -1))));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.PairValue);
            this.ACTION(() => {
              if (name !== undefined) said[name] ??= image;
              name = undefined;
            });
          },
        },
        { ALT: () => this.CONSUME(t.Close) },
      ]);
    });
  });

  /** edac_mc.c edac_ce_error(), edac_ue_error(). */
  readonly edac = this.RULE('edac', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        { ALT: () => (said.controller = this.CONSUME(t.EdacController).image.slice(7, -1)) },
        { ALT: () => (said.errors = this.CONSUME(t.EdacCount).image) },
        { ALT: () => (said.class = this.CONSUME(t.EdacClass).image) },
        { ALT: () => (said.what = this.CONSUME(t.EdacMessage).image) },
        { ALT: () => this.CONSUME(t.EdacOn) },
        { ALT: () => (said.label = this.CONSUME(t.EdacLabel).image) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.OPTION(() => {
      this.CONSUME(t.Open);
      this.SUBRULE(this.place, { ARGS: [said] });
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  constructor() {
    super(['columns', 'amd_status', 'entries', 'pairs', 'edac'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return {
      columns: () => this.SUBRULE(this.columns),
      amd_status: () => this.SUBRULE(this.amd_status),
      entries: () => this.SUBRULE(this.entries),
      pairs: () => this.SUBRULE(this.pairs),
      edac: () => this.SUBRULE(this.edac),
    };
  }
}
