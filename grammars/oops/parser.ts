import type { TokenType } from 'chevrotain';
import { LineParser } from '../common/parser.ts';
import * as t from './tokens.ts';

/** The lines of oopses that have a structure: what die() says, arm64's syndrome, what arm's registers point to. */
export class OopsParser extends LineParser {
  /** die() of every architecture: the trap's name, the address it goes with, signal, code, the counter, the build's options. */
  readonly die = this.RULE('die', () => {
    const said: Record<string, string> = {};
    const options: string[] = [];
    this.OPTION(() => this.CONSUME(t.InternalError));
    this.OPTION1(() => this.CONSUME(t.OopsPrefix));
    this.OPTION2(() => (said.trap = this.CONSUME(t.TrapName).image.trim()));
    this.OPTION3(() => {
      this.CONSUME(t.AddressHint);
      said.address = this.CONSUME(t.HexNumber).image;
    });
    this.OPTION4(() => {
      this.CONSUME(t.SignalLead);
      said.signal = this.CONSUME(t.Decimal).image;
    });
    this.OPTION5(() => (said.error = this.CONSUME(t.TrapCode).image.slice(1).trim()));
    this.OPTION6(() => this.CONSUME(t.Ilc));
    this.OPTION7(() => {
      said.count = this.CONSUME(t.DieCounter).image.slice(2, -1);
      this.MANY(() => options.push(this.CONSUME(t.DieOption).image));
    });
    this.rest(DIE);
    this.ACTION(() => this.say(options.length === 0 ? said : { ...said, options: options.join(' ') }));
  });

  /** arch/arm64/mm/fault.c mem_abort_decode(), data_abort_decode(): `KEY = value: meaning, KEY = value`. */
  readonly assignments = this.RULE('assignments', () => {
    const said: Record<string, string | undefined> = {};
    this.MANY(() => {
      const key = this.CONSUME(t.Key).image;
      this.CONSUME(t.Equals);
      // a damaged line may have none
      const value = this.OPTION2(() =>
        this.OR([{ ALT: () => this.CONSUME(t.HexNumber).image }, { ALT: () => this.CONSUME(t.Value).image }]),
      );
      const meaning = this.OPTION(() => this.CONSUME(t.Meaning).image.slice(2));
      this.OPTION1(() => this.CONSUME(t.Comma));
      const ofValue = VALUES.get(key);
      const ofMeaning = MEANINGS.get(key);
      if (ofValue !== undefined) said[ofValue] = value;
      if (ofMeaning !== undefined) said[ofMeaning] = meaning;
    });
    this.rest(ASSIGNMENTS);
    this.ACTION(() => this.say(said));
  });

  /** arch/arm/kernel/process.c __show_regs_alloc_free(), mm/util.c mem_dump_obj(): what the value of a register points to. */
  readonly register_information = this.RULE('register_information', () => {
    const register = this.CONSUME(t.RegisterName).image.split(' ')[1];
    const memory = this.OPTION(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.slab_object) },
        { ALT: () => this.SUBRULE(this.vmalloc_region) },
        { ALT: () => ({ memory: this.CONSUME(t.MemoryKind).image }) },
      ]),
    );
    this.rest(REGISTER);
    this.ACTION(() => this.say({ register, ...memory }));
  });

  /** mm/slab_common.c kmem_dump_obj(): `slab kmalloc-64 start c3a1d000 pointer offset 12 size 64 allocated at sym+0x1/0x2`. */
  private readonly slab_object = this.RULE('slab_object', () => {
    const said: Record<string, string | undefined> = { memory: this.CONSUME(t.SlabLead).image };
    this.OPTION(() => (said.cache = this.CONSUME(t.CacheName).image));
    this.OPTION1(() => {
      this.CONSUME(t.StartLead);
      said.start = this.CONSUME(t.ObjectAddress).image;
    });
    this.OPTION2(() => this.CONSUME(t.DataOffset));
    this.OPTION3(() => {
      this.CONSUME(t.OffsetLead);
      said.offset = this.CONSUME(t.Decimal).image;
    });
    this.OPTION4(() => {
      this.CONSUME(t.SizeLead);
      said.size = this.CONSUME1(t.Decimal).image;
    });
    this.OPTION5(() => Object.assign(said, this.SUBRULE(this.allocated_at)));
    return said;
  });

  /** mm/vmalloc.c vmalloc_dump_obj(): `2-page vmalloc region starting at 0xbf000000 allocated at sym+0x1/0x2`. */
  private readonly vmalloc_region = this.RULE('vmalloc_region', () => {
    const said: Record<string, string | undefined> = { pages: this.CONSUME(t.PagesLead).image.replace('-page', '') };
    this.OPTION(() => (said.memory = this.CONSUME(t.RegionName).image));
    this.OPTION1(() => {
      this.CONSUME(t.StartLead);
      said.start = this.CONSUME(t.ObjectAddress).image;
    });
    this.OPTION2(() => Object.assign(said, this.SUBRULE(this.allocated_at)));
    return said;
  });

  private readonly allocated_at = this.RULE('allocated_at', () => {
    this.CONSUME(t.AllocatedAt);
    const frame = this.CONSUME(t.AllocatorSymbol).image;
    const module = this.OPTION(() => this.CONSUME(t.AllocatorModule).image);
    return { frame, module };
  });

  constructor() {
    super(['die', 'assignments', 'register_information'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return {
      die: () => this.SUBRULE(this.die),
      assignments: () => this.SUBRULE(this.assignments),
      register_information: () => this.SUBRULE(this.register_information),
    };
  }
}

/** arm64's syndrome: the keys whose value counts, and those whose meaning does. */
const VALUES: ReadonlyMap<string, string> = new Map(Object.entries({ ESR: 'error', 'Exception class': 'class', WnR: 'wnr' }));
const MEANINGS: ReadonlyMap<string, string> = new Map(Object.entries({ EC: 'class', FSC: 'cause' }));

const tokensOf = (...modes: readonly string[]): readonly TokenType[] => [...new Set(modes.flatMap((mode) => t.MODES[mode] ?? []))];
const DIE = tokensOf('die', 'die-options');
const ASSIGNMENTS = tokensOf('assignments');
const REGISTER = tokensOf('register-information', 'cache', 'allocated-at');
