import type { TokenType } from 'chevrotain';
import type { FrameFields } from '../common/nodes.ts';
import { address } from '../common/numbers.ts';
import type { Alternative } from '../common/parser.ts';
import { Rest, Word } from '../common/tokens.ts';
import { applyModule, applySource, inlinedFrame, symbolFrame } from './frame.ts';
import { FrameParser } from './frame-parser.ts';
import { type HeadRule, headNode } from './head.ts';
import * as t from './tokens.ts';
import { cpuNumber, moduleList, registerValues } from './values.ts';

/** Reads what every report shares: frames of all dialects, sections, registers, who was running, modules, code. */
export abstract class CallTraceParser extends FrameParser {
  protected abstract heads(): Alternative[];

  /** One rule a head: its token, then the rest of the line. */
  protected headRules(heads: readonly HeadRule[]): Alternative[] {
    const rules = heads.map((head) =>
      this.RULE(head.name, () => {
        let text = this.CONSUME(head.token).image;
        this.OPTION(() => (text += this.CONSUME(Rest).image));
        this.ACTION(() => this.push(headNode(head, text, this.at)));
      }),
    );
    return rules.map((rule) => ({ ALT: () => this.SUBRULE(rule) }));
  }

  protected lines(): Alternative[] {
    return [...this.heads(), ...this.shared()];
  }

  private shared(): Alternative[] {
    return [
      ...this.stackLines(),
      { ALT: () => this.SUBRULE(this.print_oops_end_marker) },
      { ALT: () => this.SUBRULE(this.dump_stack_print_info) },
      { ALT: () => this.SUBRULE(this.print_modules) },
      { ALT: () => this.SUBRULE(this.textLine) },
      { ALT: () => this.SUBRULE(this.show_ip) },
      { ALT: () => this.SUBRULE(this.show_regs) },
      { ALT: () => this.SUBRULE(this.show_regs_row) },
    ];
  }

  /** kernel/panic.c print_oops_end_marker(), since 2.6.26; the id is random, since 5.17 zero unless CONFIG asks otherwise. */
  readonly print_oops_end_marker = this.RULE('print_oops_end_marker', () => {
    const { image } = this.CONSUME(t.EndTrace);
    this.ACTION(() => this.push({ type: 'text', line: this.at, key: 'end-trace', text: image }));
  });

  /** lib/dump_stack.c dump_stack_print_info(), since 3.9; UID since 6.11; before it x86 show_regs_common() printed `Pid: 1, comm: x`. */
  readonly dump_stack_print_info = this.RULE('dump_stack_print_info', () => {
    let lead = '';
    let comm: string | undefined;
    let taint: string | undefined;
    let release: string | undefined;
    const ids: string[] = [];
    this.OR([{ ALT: () => (lead = this.CONSUME(t.CpuLead).image) }, { ALT: () => (lead = this.CONSUME(t.PidLead).image) }]);
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
        { ALT: () => (release = this.CONSUME(t.Release).image) },
      ]);
    });
    this.ACTION(() => {
      const number = (key: string) => cpuNumber([lead, ...ids], key);
      // RHEL 6 puts a rule of dashes for its own taint flags; kernels before 3.9 put the machine behind the build number.
      const words = (release ?? '')
        .replace(/^\((.*)\)$/, '$1')
        .trim()
        .split(/\s+/);
      const [first, ...rest] = /^-+$/.test(words[0] ?? '') ? words.slice(1) : words;
      if (lead.startsWith('Pid') && rest.length > 1) {
        this.push({ type: 'text', line: this.at, key: 'hardware', text: rest.splice(1).join(' ') });
      }
      this.push({
        type: 'cpu',
        line: this.at,
        cpu: number('CPU'),
        uid: number('UID'),
        pid: number('PID') ?? number('Pid'),
        comm,
        taint,
        release: first || undefined,
        version: rest.join(' ') || undefined,
      });
    });
  });

  /** kernel/module/main.c print_modules(): `name(OE+)`; `[last unloaded: name(E)]`. powerpc and old arm print sizes: `name 1234`. */
  readonly print_modules = this.RULE('print_modules', () => {
    const { image } = this.CONSUME(t.ModulesLead);
    const rest = this.OPTION(() => this.CONSUME(Rest).image);
    this.ACTION(() => {
      if (image.startsWith('Modules')) this.push({ type: 'modules', line: this.at, modules: moduleList(rest ?? '') });
    });
  });

  /** Lines of one text: kernel/panic.c print_tainted_verbose() (since 6.12), print_worker_info(), arch hardware name, `Code:`. */
  readonly textLine = this.RULE('textLine', () => {
    let key = '';
    let text = '';
    const take = (name: string) => {
      key = name;
    };
    this.OR([
      { ALT: () => take(this.CONSUME(t.HardwareLead) && 'hardware') },
      { ALT: () => take(this.CONSUME(t.WorkqueueLead) && 'workqueue') },
      { ALT: () => take(this.CONSUME(t.TaintNames) && 'taint-names') },
      { ALT: () => take(this.CONSUME(t.CodeLead) && 'code') },
      { ALT: () => take(this.CONSUME(t.DumpLead) && 'instruction-dump') },
      { ALT: () => take(this.CONSUME(t.PageTable) && 'page-table') },
      {
        ALT: () => {
          key = 'cpu-only';
          text = this.CONSUME(t.CpuOnly).image;
        },
      },
    ]);
    this.OPTION(() => (text = this.CONSUME(Rest).image));
    this.ACTION(() => this.push({ type: 'text', line: this.at, key, text: text.trim() }));
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

  /** Rows of `NAME: hex`: x86 __show_regs(), arm, arm64, powerpc (`GPR00:` and four values), s390, riscv, mips (`$ 0   :`), loongarch. */
  readonly show_regs = this.RULE('show_regs', () => {
    const name = this.CONSUME(t.RegisterLead).image;
    const rest = this.OPTION(() => this.CONSUME(Rest).image);
    this.ACTION(() => this.push({ type: 'registers', line: this.at, values: registerValues(name + (rest ?? '')) }));
  });

  /** s390 show_registers(): rows two to four of the general registers carry no name. */
  readonly show_regs_row = this.RULE('show_regs_row', () => {
    const { image } = this.CONSUME(t.HexRow);
    this.ACTION(() => this.push({ type: 'registers', line: this.at, values: image.split(' ').map((hex) => ['', address(hex)] as const) }));
  });

  protected constructor(vocabulary: TokenType[], validate: boolean) {
    super(vocabulary, validate);
  }
}
