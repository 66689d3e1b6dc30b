import { int } from '../common/fields.ts';
import type { FrameFields } from '../common/nodes.ts';
import { address } from '../common/numbers.ts';
import { Word } from '../common/tokens.ts';
import { applyModule, applySource, cutFrame, inlinedFrame, symbolFrame } from './frame.ts';
import { FrameParser } from './frame-parser.ts';
import * as t from './tokens.ts';
import { cpuNumber } from './values.ts';

/** Reads what every report shares: frames of all dialects, sections, registers, who was running, modules. */
export class CallTraceParser extends FrameParser {
  /** lib/dump_stack.c dump_stack_print_info(), since 3.9; UID since 6.11; before it x86 show_regs_common() printed `Pid: 1, comm: x`. */
  readonly dump_stack_print_info = this.RULE('dump_stack_print_info', () => {
    let lead = '';
    let comm: string | undefined;
    let taint: string | undefined;
    let release: string | undefined;
    const ids: string[] = [];
    // an excerpt may hold nothing of the line but its end: `Tainted: G 5.14.0-xyz #1`
    this.OPTION(() => {
      this.OR([{ ALT: () => (lead = this.CONSUME(t.CpuLead).image) }, { ALT: () => (lead = this.CONSUME(t.PidLead).image) }]);
    });
    this.MANY(() => {
      this.OR1([
        { ALT: () => ids.push(this.CONSUME(t.Uid).image) },
        { ALT: () => ids.push(this.CONSUME(t.Pid).image) },
        { ALT: () => this.CONSUME(t.CommLead) },
        { ALT: () => (comm = this.CONSUME(t.Comm).image) },
        { ALT: () => this.CONSUME(t.Kdump) },
        {
          ALT: () => {
            this.CONSUME(t.NotTainted);
            taint = '';
          },
        },
        { ALT: () => (taint = this.CONSUME(t.Tainted).image.slice(9)) },
        { ALT: () => this.CONSUME(t.VendorField) },
        { ALT: () => (release = this.CONSUME(t.Release).image) },
      ]);
    });
    this.ACTION(() => {
      const number = (key: string) => cpuNumber([lead, ...ids], key);
      const { release: kernel, version } = releaseOf(release);
      // kernels before 3.9 put the machine behind the build number
      const [, build, machine] = (lead.startsWith('Pid') && BUILD_AND_MACHINE.exec(version ?? '')) || [undefined, version, undefined];
      if (machine) this.push({ type: 'text', line: this.at, key: 'hardware', text: machine });
      this.push({
        type: 'cpu',
        line: this.at,
        cpu: number('CPU'),
        uid: number('UID'),
        pid: number('PID') ?? number('Pid'),
        comm,
        taint,
        release: kernel,
        version: build,
      });
    });
  });

  /** kernel/module/main.c print_modules(): `name(OE+)`; `[last unloaded: name(E)]`. powerpc and old arm print sizes: `name 1234`. */
  readonly print_modules = this.RULE('print_modules', () => {
    const modules: { name: string; taint?: string; size?: number }[] = [];
    this.CONSUME(t.ModulesHead);
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.ModuleName);
            this.ACTION(() => modules.push({ name: image }));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.ModuleMarks);
            this.ACTION(() => Object.assign(modules.at(-1) ?? {}, { taint: image.slice(1, -1) }));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.ModuleSize);
            this.ACTION(() => Object.assign(modules.at(-1) ?? {}, { size: int(image) }));
          },
        },
        { ALT: () => this.CONSUME(t.LastUnloaded) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.push({ type: 'modules', line: this.at, modules }));
  });

  /** x86 show_ip(), arm64 and arm __show_regs(), powerpc show_regs(), s390 show_registers(), riscv, mips, loongarch __show_regs(). */
  readonly show_ip = this.RULE('show_ip', () => {
    const { image } = this.CONSUME(t.PointerLead);
    let frame: FrameFields | undefined;
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const inner = this.CONSUME(t.InnerSymbol).image;
            frame = this.ACTION(() => (frame?.symbol === undefined ? symbolFrame(inner, frame?.address) : frame));
          },
        },
        {
          ALT: () => {
            const inner = this.CONSUME(t.CutSymbol).image;
            frame = this.ACTION(() => (frame?.symbol === undefined ? cutFrame(inner, frame?.address) : frame));
          },
        },
        {
          ALT: () => {
            const inner = this.CONSUME(t.InnerInlined).image;
            frame = this.ACTION(() => inlinedFrame(inner));
          },
        },
        {
          ALT: () => {
            const inner = this.CONSUME(t.ModuleRef).image;
            this.ACTION(() => frame && applyModule(frame, inner));
          },
        },
        {
          ALT: () => {
            const inner = this.CONSUME(t.SourceLine).image;
            this.ACTION(() => frame && applySource(frame, inner));
          },
        },
        {
          ALT: () => {
            const hex = this.CONSUME(t.BracketAddress).image;
            frame = this.ACTION(() => frame ?? { address: address(/[0-9a-f]+/.exec(hex.replace('0x', ''))?.[0] ?? '0') });
          },
        },
        {
          ALT: () => {
            const hex = this.CONSUME(t.InnerAddress).image;
            frame = this.ACTION(() => frame ?? { address: address(hex) });
          },
        },
        { ALT: () => this.CONSUME(t.Hex) },
        { ALT: () => this.CONSUME(t.RegisterName) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => {
      const register = /[A-Za-z]+/.exec(image)?.[0] ?? '';
      const segment = /([0-9a-f]{4}):$/.exec(image)?.[1];
      this.push({ type: 'pointer', line: this.at, register: register === 'Krnl' ? 'PSW' : register, segment, frame });
    });
  });

  /** Rows of `NAME: hex`: x86 __show_regs(), arm, arm64, powerpc (`GPR00:` and four values), s390 (rows without a name), riscv, mips, loongarch. */
  readonly show_regs = this.RULE('show_regs', () => {
    const values: (readonly [string, string])[] = [];
    let name = '';
    let taint: string | undefined;
    let release: string | undefined;
    this.MANY(() => {
      this.OR([
        { ALT: () => (name = this.CONSUME(t.RegisterLabel).image) },
        // powerpc's REGS line says them; before 3.9 no other did
        { ALT: () => (taint = this.CONSUME(t.Tainted).image.slice(9)) },
        {
          ALT: () => {
            this.CONSUME(t.NotTainted);
            taint = '';
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.RegisterValue);
            this.ACTION(() => values.push([registerName(name), registerValue(image)]));
          },
        },
        { ALT: () => (release = this.CONSUME(t.Decoding).image) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => {
      const said = taint === undefined ? {} : { taint, ...releaseOf(release) };
      this.push({ type: 'registers', line: this.at, values, ...said });
    });
  });

  constructor() {
    super(['printk_stack_address', 'dump_stack_print_info', 'print_modules', 'show_ip', 'show_regs'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return {
      printk_stack_address: () => this.SUBRULE(this.printk_stack_address),
      dump_stack_print_info: () => this.SUBRULE(this.dump_stack_print_info),
      print_modules: () => this.SUBRULE(this.print_modules),
      show_ip: () => this.SUBRULE(this.show_ip),
      show_regs: () => this.SUBRULE(this.show_regs),
    };
  }
}

/** Debian puts the version of its package behind the build number. */
const BUILD_AND_MACHINE = /^(\S+(?: Debian \d\S*)?)(?: (.+))?$/;
/** `x9 :` → x9, `$ 4   :` → $4, `Krnl GPRS:` → KrnlGPRS; nothing on rows that carry no name. */
const registerName = (label: string): string => label.replace(/[\s:]/g, '');
/** The last hex of `0018:ffffc900`, `[<80b1f2a4>]`. */
const registerValue = (image: string): string => address(image.replace(/^[0-9a-f]{4}:|[[\]<>)]/gi, ''));
/** `6.1.0-1-amd64 #1 Debian 6.1.4-1`, on some architectures in brackets. */
function releaseOf(text: string | undefined): { readonly release?: string | undefined; readonly version?: string | undefined } {
  const [release, ...version] = (text ?? '')
    .replace(/^\((.*)\)$/, '$1')
    .trim()
    .split(/\s+/);
  return { release: release || undefined, version: version.join(' ') || undefined };
}
