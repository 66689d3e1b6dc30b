import type { TokenType } from 'chevrotain';
import { InnerSymbol, ModuleRef } from '../call-trace/tokens.ts';
import { LineParser } from '../common/parser.ts';
import { Word } from '../common/tokens.ts';
import * as t from './tokens.ts';

/** The lines of the kernel's own checks that have a structure: WARN, the sanitizers' accesses and objects, SLUB's, pages. */
export class CheckParser extends LineParser {
  /** kernel/panic.c __warn(): CPU and PID, file and line, the function, the task, in the order of each release. */
  readonly warn = this.RULE('warn', () => {
    const said: Record<string, string | undefined> = {};
    this.OPTION(() => this.CONSUME(t.WarnLead));
    this.OPTION1(() => {
      const [, cpu, , pid] = this.CONSUME(t.OnCpuPid).image.split(' ');
      Object.assign(said, { cpu, pid });
    });
    this.OPTION2(() => this.CONSUME1(t.At));
    this.option(11, () => (said.condition = this.CONSUME(t.Condition).image.slice(1, -1)));
    this.OPTION3(() => Object.assign(said, placeOf(this.CONSUME1(t.SourceLine).image)));
    this.OPTION4(() => this.CONSUME2(t.At));
    this.OPTION5(() => {
      said.frame = this.OR([
        { ALT: () => this.CONSUME(InnerSymbol).image },
        { ALT: () => this.CONSUME(t.BareSymbol).image },
        { ALT: () => this.unresolved() },
      ]);
    });
    this.OPTION6(() => (said.source = this.CONSUME2(t.SourceLine).image));
    this.OPTION7(() => (said.module = this.CONSUME(ModuleRef).image));
    this.OPTION8(() => this.CONSUME(t.Parens));
    this.OPTION9(() => (said.taint = /Tainted: (.*\S) *\)/.exec(this.CONSUME(t.WarnTaint).image)?.[1]));
    this.option(10, () => {
      said.cpu = lastNumber(this.CONSUME(t.CpuTask).image.slice(0, -2));
      Object.assign(said, this.SUBRULE(this.task));
    });
    this.rest(REST.warn);
    this.ACTION(() => this.say(said));
  });

  /** `comm/pid` at the end of a line. */
  private readonly task = this.RULE('task', () => {
    const said: Record<string, string> = {};
    this.OPTION(() => (said.comm = this.CONSUME(t.TaskName).image));
    this.OPTION1(() => (said.pid = this.CONSUME(t.TaskPid).image.slice(1)));
    return said;
  });

  /** mm/kasan/report.c print_error_description(): how the memory was accessed, by whom. */
  readonly access = this.RULE('access', () => {
    const said: Record<string, string | undefined> = { access: this.CONSUME(t.AccessKind).image };
    this.OPTION(() => (said.size = lastWord(this.CONSUME(t.OfSize).image)));
    this.OPTION1(() => (said.address = lastWord(this.CONSUME(t.AtAddress).image)));
    this.OPTION2(() => {
      this.CONSUME(t.ByTask);
      Object.assign(said, this.SUBRULE(this.task));
    });
    this.rest(REST.access);
    this.ACTION(() => this.say(said));
  });

  /** kernel/kcsan/report.c print_report(): one of the accesses that race. */
  readonly race = this.RULE('race', () => {
    const said: Record<string, string | undefined> = {};
    this.OPTION(() => (said.origin = this.CONSUME(t.UnknownOrigin).image.slice('race at '.length, -', with '.length)));
    this.OPTION1(() => (said.access = this.CONSUME(t.RaceKind).image));
    this.OPTION2(() => (said.address = lastWord(this.CONSUME(t.ToAddress).image)));
    this.OPTION3(() => (said.size = this.CONSUME(t.OfBytes).image.split(' ')[1]));
    this.OPTION4(() => {
      this.OR([
        { ALT: () => (said.byPid = lastWord(this.CONSUME(t.ByTaskId).image)) },
        { ALT: () => (said.interrupt = lastWord(this.CONSUME(t.ByInterrupt).image)) },
      ]);
    });
    this.OPTION5(() => (said.onCpu = lastWord(this.CONSUME(t.OnCpu).image)));
    this.rest(REST.race);
    this.ACTION(() => this.say(said));
  });

  /** mm/kfence/report.c kfence_report_error(): the access, its distance from the object. */
  readonly kfence_access = this.RULE('kfence_access', () => {
    const said: Record<string, string | undefined> = {};
    this.OPTION(() => (said.what = this.CONSUME(t.KfenceKind).image));
    this.OPTION1(() => (said.address = lastWord(this.CONSUME(t.AtHex).image)));
    this.OPTION2(() => this.CONSUME(t.Canary));
    this.OPTION3(() => {
      const [bytes, side] = this.CONSUME(t.BytesBeside).image.slice(1).split(' ');
      Object.assign(said, { bytes: bytes?.slice(0, -1), side });
    });
    this.OPTION4(() => this.CONSUME(Word));
    this.OPTION5(() => (said.object = this.CONSUME(t.KfenceName).image));
    this.rest(REST.kfenceAccess);
    this.ACTION(() => this.say(said));
  });

  /** mm/kfence/report.c kfence_print_object(): until 5.15 the object stands in the title of its allocation stack. */
  readonly kfence_object = this.RULE('kfence_object', () => {
    const said: Record<string, string | undefined> = {};
    this.OPTION(() => (said.object = this.CONSUME(t.KfenceName).image));
    this.MANY(() => this.CONSUME1(t.Mark));
    this.OPTION1(() => Object.assign(said, rangeOf(this.CONSUME(t.HexRange).image)));
    this.MANY1(() => {
      this.OR([{ ALT: () => this.CONSUME2(t.Mark) }, { ALT: () => Object.assign(said, assigned(this.CONSUME(t.Assignment).image)) }]);
    });
    this.rest(REST.kfenceObject);
    this.ACTION(() => this.say(said));
  });

  /** mm/slub.c print_track(): who allocated or freed an object, how many jiffies ago, on which CPU. */
  readonly track = this.RULE('track', () => {
    const said: Record<string, string | undefined> = {};
    this.OPTION(() => (said.what = this.CONSUME(t.TrackLead).image.replace('INFO: ', '').replace(' in ', '')));
    this.OPTION1(() => (said.frame = this.CONSUME(InnerSymbol).image));
    this.OPTION2(() => (said.module = this.CONSUME(ModuleRef).image));
    this.MANY(() => Object.assign(said, assigned(this.CONSUME(t.Assignment).image)));
    this.rest(REST.track);
    this.ACTION(() => this.say(said));
  });

  /** mm/slub.c print_slab_info(), print_trailer(), check_bytes_and_report(): a slab, an object, the bytes that were overwritten. */
  readonly slab_object = this.RULE('slab_object', () => {
    const said: Record<string, string | undefined> = {};
    this.OPTION(() => this.CONSUME(t.SlabSubject));
    this.OPTION1(() => (said.what = this.CONSUME(t.Overwritten).image.slice(1, -1)));
    this.OPTION2(() => this.CONSUME(t.InfoLead));
    this.OPTION3(() => {
      this.OR([
        { ALT: () => Object.assign(said, rangeOf(this.CONSUME(t.HexRange).image)) },
        { ALT: () => (said.address = this.CONSUME1(t.HexNumber).image) },
      ]);
    });
    this.MANY(() => Object.assign(said, assigned(this.CONSUME(t.Assignment).image)));
    this.OPTION4(() => (said.names = this.CONSUME(t.FlagNames).image));
    this.OPTION5(() => this.CONSUME(Word));
    this.OPTION6(() => {
      this.CONSUME(t.FirstByte);
      said.byte = this.CONSUME2(t.HexNumber).image;
    });
    this.OPTION7(() => {
      this.CONSUME(t.InsteadOf);
      said.expected = this.CONSUME3(t.HexNumber).image;
    });
    this.rest(REST.slab);
    this.ACTION(() => this.say(said));
  });

  /** mm/debug.c dump_page(): `name:value` pairs, flags with their names behind. */
  readonly page = this.RULE('page', () => {
    const said: Record<string, string | undefined> = {};
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const name = this.CONSUME(t.FieldName).image;
            this.OPTION(() => this.CONSUME(t.Colon));
            const value = this.OPTION1(() => this.CONSUME1(t.FieldValue).image);
            const names = this.OPTION2(() => this.CONSUME1(t.FlagNames).image);
            const field = PAGE_FIELDS.get(name);
            if (field !== undefined && value !== undefined) said[field] = value;
            if (names !== undefined) said.names = names;
          },
        },
        { ALT: () => this.CONSUME2(t.FieldValue) },
      ]);
    });
    this.rest(REST.page);
    this.ACTION(() => this.say(said));
  });

  constructor() {
    super(RULES, t.MODES);
    this.performSelfAnalysis();
  }

  /** Where no symbol is known, an address stands. */
  private unresolved(): undefined {
    this.CONSUME(t.HexNumber);
    return undefined;
  }

  protected rules() {
    return {
      warn: () => this.SUBRULE(this.warn),
      access: () => this.SUBRULE(this.access),
      race: () => this.SUBRULE(this.race),
      kfence_access: () => this.SUBRULE(this.kfence_access),
      kfence_object: () => this.SUBRULE(this.kfence_object),
      track: () => this.SUBRULE(this.track),
      slab_object: () => this.SUBRULE(this.slab_object),
      page: () => this.SUBRULE(this.page),
    };
  }
}

const RULES = ['warn', 'access', 'race', 'kfence_access', 'kfence_object', 'track', 'slab_object', 'page'];

/** Fields of dump_page() by the names that it prints. */
const PAGE_FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    page: 'page',
    refcount: 'refcount',
    count: 'refcount', // until 4.20
    mapcount: 'mapcount',
    mapping: 'mapping',
    index: 'index',
    pfn: 'pfn',
    head: 'head',
    order: 'order',
    flags: 'flags',
    page_type: 'type',
    aops: 'aops',
    ino: 'inode',
  }),
);

const tokensOf = (...modes: readonly string[]): readonly TokenType[] => [...new Set(modes.flatMap((mode) => t.MODES[mode] ?? []))];
/** What may follow on the line of each rule. */
const REST = {
  warn: tokensOf('warn', 'task'),
  access: tokensOf('access', 'task'),
  race: tokensOf('race'),
  kfenceAccess: tokensOf('kfence-access'),
  kfenceObject: tokensOf('kfence-object'),
  track: tokensOf('track'),
  slab: tokensOf('slab'),
  page: tokensOf('page'),
};

const lastWord = (image: string): string => image.slice(image.lastIndexOf(' ') + 1);
const lastNumber = (image: string): string => image.slice(image.lastIndexOf('#') + 1).replace(':', '');
/** `fs/inode.c:338`. */
const placeOf = (image: string) => ({ file: image.slice(0, image.lastIndexOf(':')), line: image.slice(image.lastIndexOf(':') + 1) });
/** `0x1000-0x103f`. */
const rangeOf = (image: string) => ({ first: image.slice(0, image.indexOf('-')), last: image.slice(image.indexOf('-') + 1) });
/** `@offset=64`; the task and CPU of another time are not who was running. */
function assigned(image: string): Record<string, string> {
  const name = image.slice(image.startsWith('@') ? 1 : 0, image.indexOf('='));
  return { [OTHERS.get(name) ?? name]: image.slice(image.indexOf('=') + 1) };
}
const OTHERS: ReadonlyMap<string, string> = new Map(Object.entries({ cpu: 'onCpu', pid: 'byPid' }));
