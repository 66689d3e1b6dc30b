import type { TokenType } from 'chevrotain';
import { LineParser } from '../common/parser.ts';
import * as t from './field-tokens.ts';
import { textAfter } from './free-text.ts';
import { LineFields } from './line-fields.ts';
import type { OomValue } from './nodes.ts';

/** What `fields` passes over: punctuation and numbers around the values. */
const STRANGERS: readonly TokenType[] = [
  t.Num,
  t.Hex,
  t.Unit,
  t.Colon,
  t.Equals,
  t.Comma,
  t.Question,
  t.LParen,
  t.RParen,
  t.Pipe,
  t.Star,
  t.Slash,
  t.NodeWord,
  t.Other,
];

export type Alternatives = { readonly ALT: () => unknown }[];

/** What nearly every line of mm/ is made of: values behind their keys. Each line's values are gathered in `said`. */
export abstract class FieldsParser extends LineParser {
  protected said = new LineFields();

  /** A rule of a line begins with it: nothing of the line before is left. */
  protected begin(): void {
    this.ACTION(() => {
      this.said = new LineFields();
    });
  }

  /** The line's value, with the numbers that cannot be. */
  protected tell(value: OomValue): void {
    this.push({ type: 'oom', line: this.at, value: { ...value, ...this.said.odd } });
  }

  /**
   * `free:15872kB`, `add 1`, `find 3/4`, `shmem_thp: 0kB` (a blank until 6.1), `all_unreclaimable? yes`; `gfp_mask=0x201da` until 4.5,
   * since 4.6 `gfp_mask=0xcc0(GFP_KERNEL|__GFP_COMP)`, mm/page_alloc.c says `mode:`; and any word alone
   */
  protected readonly entry = this.RULE('entry', () => {
    const { image: key, startOffset } = this.CONSUME(t.Key);
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Question);
            this.OPTION3(() => {
              const answer = this.CONSUME2(t.Key).image;
              this.ACTION(() => this.said.answers.set(key, answer));
            });
          },
        },
        {
          ALT: () => {
            this.OR2([{ ALT: () => this.CONSUME(t.Colon) }, { ALT: () => this.CONSUME(t.Equals) }]);
            this.ACTION(() => this.said.key(key, startOffset));
            this.OPTION2(() => this.SUBRULE(this.amount, { ARGS: [key] }));
          },
        },
        { ALT: () => this.SUBRULE2(this.amount, { ARGS: [key] }) },
      ]),
    );
  });

  private readonly amount = this.RULE('amount', (key: string) => {
    this.OR([
      {
        ALT: () => {
          const { image } = this.CONSUME(t.Num);
          let unit = false;
          let of: string | undefined;
          this.OPTION(() => {
            this.CONSUME(t.Unit);
            unit = true;
          });
          this.OPTION2(() => {
            this.CONSUME(t.Slash);
            this.OPTION3(() => {
              of = this.CONSUME2(t.Num).image;
            });
          });
          this.ACTION(() => this.said.pair(key, image, unit, of));
        },
      },
      {
        ALT: () => {
          const { image } = this.CONSUME(t.Hex);
          let flags: string[] | undefined;
          this.OPTION4(() => {
            flags = this.SUBRULE(this.gfpFlags);
          });
          this.ACTION(() => this.said.mask(key, image, flags));
        },
      },
    ]);
  });

  /** lib/vsprintf.c format_flags(): names, and bits without one as hex. */
  private readonly gfpFlags = this.RULE('gfpFlags', () => {
    const flags: string[] = [];
    this.CONSUME(t.LParen);
    this.MANY(() =>
      this.OR([
        { ALT: () => flags.push(this.CONSUME(t.Key).image) },
        { ALT: () => flags.push(this.CONSUME(t.Hex).image) },
        { ALT: () => this.CONSUME(t.Num) },
        { ALT: () => this.CONSUME(t.Pipe) },
      ]),
    );
    this.OPTION(() => this.CONSUME(t.RParen));
    return flags;
  });

  // the alternatives are made once: they are asked for every token
  #strangers: Alternatives | undefined;
  #alternatives: Alternatives | undefined;

  protected readonly stranger = this.RULE('stranger', () => {
    this.#strangers ??= this.strangers();
    this.OR(this.#strangers);
  });

  private strangers(): Alternatives {
    return STRANGERS.map((token) => ({ ALT: () => this.CONSUME(token) }));
  }

  /** The rest of nearly every line: whatever it holds is an entry or a stranger, so that it never fails. */
  protected readonly fields = this.RULE('fields', () => {
    this.#alternatives ??= [
      { ALT: () => this.SUBRULE(this.entry) },
      { ALT: () => this.keep('nodemask', this.CONSUME(t.Nodemask).image.slice('nodemask='.length)) },
      { ALT: () => this.keep('memsAllowed', this.CONSUME(t.MemsAllowed).image.slice('mems_allowed='.length)) },
      { ALT: () => this.keep('cpuset', textAfter(this.CONSUME(t.Cpuset))) },
      { ALT: () => this.keep('oomMemcg', textAfter(this.CONSUME(t.OomMemcg))) },
      { ALT: () => this.keep('taskMemcg', textAfter(this.CONSUME(t.TaskMemcg))) },
      { ALT: () => this.keep('task', textAfter(this.CONSUME(t.TaskName))) },
      { ALT: () => this.keep('constraint', this.CONSUME(t.Constraint).image) },
      {
        ALT: () => {
          this.CONSUME(t.GlobalOom);
          this.said.globalOom = true;
        },
      },
      ...this.strangers(),
    ];
    const alternatives = this.#alternatives;
    this.MANY(() => this.OR(alternatives));
  });

  /** Of two with one key the first counts. */
  private keep(key: 'nodemask' | 'memsAllowed' | 'cpuset' | 'oomMemcg' | 'taskMemcg' | 'task' | 'constraint', text: string): void {
    this.ACTION(() => {
      this.said[key] ??= text;
    });
  }
}
