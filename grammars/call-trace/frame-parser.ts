import type { FrameFields } from '../common/nodes.ts';
import { address } from '../common/numbers.ts';
import { type Alternative, BlockParser } from '../common/parser.ts';
import { Word } from '../common/tokens.ts';
import { applyModule, applySource, inlinedFrame, symbolFrame } from './frame.ts';
import * as t from './tokens.ts';
import { tracePid } from './values.ts';

/** Reads stacks: their titles, sections and the frames of every architecture and era. */
export abstract class FrameParser extends BlockParser {
  protected stackLines(): Alternative[] {
    return [
      { ALT: () => this.SUBRULE(this.printk_stack_address) },
      { ALT: () => this.SUBRULE(this.symbolised_inline) },
      { ALT: () => this.SUBRULE(this.show_stack_head) },
      { ALT: () => this.SUBRULE(this.show_stack_interrupt) },
    ];
  }

  /**
   * One frame. x86 printk_stack_address() (` [<addr>] ? sym+o/s [mod]` before 4.9, without address since), arm64 and riscv
   * dump_backtrace_entry(), s390 show_stack() (`([<addr>] sym)` is unreliable), powerpc show_stack() (`[sp] [ip] sym (unreliable)`),
   * arm dump_backtrace_entry() (`A from B+o/s`: the frame is B). Section tags stood before a frame until 4.9.
   */
  readonly printk_stack_address = this.RULE('printk_stack_address', () => {
    let section: string | undefined;
    let frame: FrameFields = {};
    let unreliable = false;
    this.AT_LEAST_ONE(() => {
      this.OR([
        {
          ALT: () =>
            this.framePrefix(
              (tag) => (section = tag),
              () => (unreliable = true),
              (a) => (frame.address = a),
            ),
        },
        {
          ALT: () => {
            frame = this.SUBRULE(this.frameBody, { ARGS: [frame] });
          },
        },
      ]);
    });
    this.ACTION(() => {
      if (section !== undefined && frame.symbol === undefined && frame.address === undefined) {
        this.push({ type: 'section', line: this.at, name: section.replace(/[<>/\s]/g, ''), closing: section.includes('/') });
        return;
      }
      frame.reliable = !unreliable && frame.reliable !== false;
      this.push({ type: 'frame', line: this.at, frame, section: section?.replace(/[<>\s]/g, '') });
    });
  });

  private framePrefix(tag: (text: string) => void, unreliable: () => void, addr: (a: string) => void): void {
    this.OR1([
      { ALT: () => tag(this.CONSUME(t.SectionTag).image) },
      {
        ALT: () => {
          this.CONSUME(t.Question);
          unreliable();
        },
      },
      { ALT: () => this.CONSUME(t.CalledFrom) },
      {
        ALT: () => {
          const { image } = this.CONSUME(t.BracketAddress);
          if (image.startsWith('([')) unreliable();
          const hex = /[0-9a-f]{3,16}/.exec(image)?.[0];
          if (hex !== undefined && !image.includes('ptr')) addr(address(hex));
        },
      },
    ]);
  }

  /** `sym+o/s [mod] file.c:1 [inline] (unreliable)`, or a bare address; behind it may stand arm's `from`. */
  readonly frameBody = this.RULE('frameBody', (start: FrameFields): FrameFields => {
    let frame: FrameFields = start ?? {};
    this.OR([
      {
        ALT: () => {
          const { image } = this.CONSUME(t.FrameSymbol);
          frame = this.ACTION(() => symbolFrame(image, frame.address));
        },
      },
      {
        ALT: () => {
          const { image } = this.CONSUME(t.BareAddress);
          this.ACTION(() => (frame.address = address(image.split('/')[0] ?? '0')));
        },
      },
    ]);
    this.MANY(() => {
      this.OR1([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.ModuleRef);
            this.ACTION(() => applyModule(frame, image));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.SourceLine);
            this.ACTION(() => applySource(frame, image));
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Inlined);
            this.ACTION(() => (frame.inlined = true));
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.Unreliable);
            this.ACTION(() => (frame.reliable = false));
          },
        },
        {
          // arm before 5.x: `[<a>] (A+o/s) from [<b>] (B+o/s)`; the frame is B.
          ALT: () => {
            const { image } = this.CONSUME(t.InnerSymbol);
            frame = this.ACTION(() => symbolFrame(image, undefined));
          },
        },
        { ALT: () => this.CONSUME(t.From) },
        { ALT: () => this.CONSUME(t.BracketAddress) },
        { ALT: () => this.CONSUME(t.InnerAddress) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    return frame;
  });

  /** What symbolisers add for inlined callees; the kernel itself prints none. */
  readonly symbolised_inline = this.RULE('symbolised_inline', () => {
    const { image } = this.CONSUME(t.InlinedFrame);
    this.ACTION(() => this.push({ type: 'frame', line: this.at, frame: inlinedFrame(image) }));
  });

  /** `Call Trace:` of x86 show_trace_log_lvl() and most others, `Call trace:` of arm64, `Backtrace:` of arm, `stack backtrace:` of lockdep. */
  readonly show_stack_head = this.RULE('show_stack_head', () => {
    let image = '';
    // s390 show_last_breaking_event(): one frame that is no caller, so a stack of its own.
    this.OR([
      {
        ALT: () => {
          image = this.CONSUME(t.TraceHead).image;
        },
      },
      {
        ALT: () => {
          image = this.CONSUME(t.BreakingEvent).image;
        },
      },
    ]);
    this.ACTION(() => this.push({ type: 'trace', line: this.at, label: image.replace(/:.*$/, '').trim(), pid: tracePid(image) }));
  });

  /** powerpc show_stack(): `--- interrupt: 300 at sym+o/s` (`--- Exception:` before 4.x): the frames above ran in the exception. */
  readonly show_stack_interrupt = this.RULE('show_stack_interrupt', () => {
    const { image } = this.CONSUME(t.InterruptFrame);
    this.ACTION(() => this.push({ type: 'section', line: this.at, name: image.slice(4), closing: false }));
  });
}
