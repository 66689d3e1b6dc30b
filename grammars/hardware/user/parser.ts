import { LineParser } from '../../common/parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './tokens.ts';

/** Captures of one line. */
type Said = Record<string, string>;

/** Reads the lines with which a kernel says that a program died of its own fault: program, what, registers, and where in which object. */
export class UserFaultParser extends LineParser {
  /**
   * x86 and sparc show_signal_msg(), x86 show_signal(), arm64 arm64_show_signal(), powerpc show_signal_msg(), riscv do_trap(): the
   * words before, between and behind the values say what happened.
   */
  readonly fault = this.RULE('fault', () => {
    const said: Said = {};
    const words: string[][] = [[]];
    const word = (image: string) => words.at(-1)?.push(image);
    const value = (key: string, image: string) => {
      said[key] ??= image;
      if ((words.at(-1)?.length ?? 0) > 0) words.push([]);
    };
    this.MANY(() => this.OR1([{ ALT: () => this.CONSUME(t.Traps) }, { ALT: () => this.CONSUME(t.Subject) }]));
    this.OPTION(() => {
      const { image } = this.CONSUME(t.Program);
      this.ACTION(() => {
        const at = image.lastIndexOf('[');
        said.comm = image.slice(0, at);
        said.pid = image.slice(at + 1, -1);
      });
    });
    this.MANY1(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.KeyValue);
            this.ACTION(() => {
              const at = image.search(/[ :]/);
              value(KEYS.get(image.slice(0, at)) ?? image.slice(0, at), image.slice(at + 1));
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Signal);
            this.ACTION(() => value('signal', /\d+/.exec(image)?.[0] ?? ''));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.LikelyCpu);
            this.ACTION(() => Object.assign(said, /CPU (?<cpu>\d+) \(core (?<core>\d+), socket (?<socket>\d+)/.exec(image)?.groups));
          },
        },
        { ALT: () => this.SUBRULE(this.object, { ARGS: [said] }) },
        { ALT: () => this.CONSUME(t.Announced) },
        { ALT: () => this.CONSUME(t.Rpc) },
        { ALT: () => this.CONSUME(t.Colon) },
        { ALT: () => word(this.CONSUME(Word).image) },
      ]);
    });
    this.ACTION(() => {
      const told = words.map((group) => group.join(' ').replace(/^,|,$/g, '')).filter((text) => text !== '');
      // arm64 since 4.18: the exception's class, its syndrome, and what it means
      if (told.length > 1 && said.esr !== undefined) [said.class, said.what] = told as [string, string];
      else if (told[0] !== undefined) said.what = said.trap = told[0];
      this.sayDeclared(said);
    });
  });

  /** mm/memory.c print_vma_addr(). */
  readonly object = this.RULE('object', (said: Said) => {
    this.CONSUME(t.InObject);
    const name = this.CONSUME(t.ObjectName).image;
    const mapping = this.CONSUME(t.Mapping).image;
    this.ACTION(() => {
      const [, offset, base, length] = /\[(?:([0-9a-f]+),)?([0-9a-f]+)\+([0-9a-f]+)/.exec(mapping) ?? [];
      said.object = name;
      if (offset !== undefined) said.offset = offset;
      if (base !== undefined) said.base = base;
      if (length !== undefined) said.length = length;
    });
  });

  constructor() {
    super(['fault'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { fault: () => this.SUBRULE(this.fault) };
  }
}

/** One name for what the architectures name differently. */
const KEYS: ReadonlyMap<string, string> = new Map(Object.entries({ at: 'address', nip: 'ip', ESR: 'esr' }));
