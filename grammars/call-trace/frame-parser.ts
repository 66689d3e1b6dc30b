import type { FrameFields } from '../common/nodes.ts';
import { address } from '../common/numbers.ts';
import { LineParser } from '../common/parser.ts';
import { Word } from '../common/tokens.ts';
import { applyModule, applySource, inlinedFrame, symbolFrame } from './frame.ts';
import * as t from './tokens.ts';

/** Reads the frames and sections of every architecture and era. */
export abstract class FrameParser extends LineParser {
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
        {
          // symbolisers add inlined callees; the kernel itself prints none
          ALT: () => {
            const { image } = this.CONSUME(t.InlinedFrame);
            frame = this.ACTION(() => inlinedFrame(image));
          },
        },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => {
      if (section !== undefined && frame.symbol === undefined && frame.address === undefined) {
        this.push({ type: 'section', line: this.at, name: section.replace(/[<>/\s]/g, ''), closing: section.includes('/') });
        return;
      }
      if (frame.symbol === undefined && frame.address === undefined) return;
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
      {
        // powerpc's `[sp] [0] (null) (unreliable)`: there is no symbol that it could stand behind
        ALT: () => {
          this.CONSUME(t.Unreliable);
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
}
