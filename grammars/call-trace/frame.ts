import type { FrameFields } from '../common/nodes.ts';
import { size } from '../common/numbers.ts';
import { rustName } from './rust-name.ts';

/** `sym+0x1/0x2`, perhaps in parentheses, as a frame; Rust's names as they are in the source. */
export function symbolFrame(image: string, at: string | undefined): FrameFields {
  const start = image.charCodeAt(0) === 40 ? 1 : 0;
  const end = image.charCodeAt(image.length - 1) === 41 ? image.length - 1 : image.length;
  const slash = image.lastIndexOf('/');
  const plus = image.lastIndexOf('+', slash);
  const module = image.charCodeAt(start) === 58 ? image.indexOf(':', start + 1) : -1;
  const frame: FrameFields = {
    symbol: rustName(image.slice(module < 0 ? start : module + 1, plus)),
    offset: size(image.slice(plus + 1, slash)),
    size: size(image.slice(slash + 1, end)),
  };
  if (module >= 0) frame.module = image.slice(start + 1, module);
  if (at !== undefined) frame.address = at;
  return frame;
}

/** `sym+0x1` of a line that was cut there: whether more of the offset followed is not known. */
export function cutFrame(image: string, at: string | undefined): FrameFields {
  const frame: FrameFields = { symbol: rustName(image.slice(0, image.indexOf('+0x'))) };
  if (at !== undefined) frame.address = at;
  return frame;
}

/** `sym lib/dump_stack.c:15 [inline]` as a frame. */
export function inlinedFrame(image: string): FrameFields {
  const blank = image.indexOf(' ');
  const frame: FrameFields = { symbol: image.slice(0, blank), inlined: true, reliable: true };
  applySource(frame, image.slice(blank + 1).replace(/ ?(?:\(discriminator \d+\) ?)?\[inline\]$/, ''));
  return frame;
}

/** `file.c:12` */
export function applySource(frame: FrameFields, image: string): void {
  const colon = image.lastIndexOf(':');
  const line = Number(image.slice(colon + 1));
  if (colon <= 0 || !Number.isSafeInteger(line)) return;
  frame.file = image.slice(0, colon);
  frame.line = line;
}

/** `[driver_xyz]`, `[driver_xyz OE 0123…]`: the last word is a build id if it looks like one (20 bytes, or a shorter one). */
export function applyModule(frame: FrameFields, image: string): void {
  const words = image.slice(1, -1).split(' ');
  frame.module = words[0] as string;
  const last = words.at(-1);
  if (words.length > 1 && last !== undefined && /^[0-9a-f]{16,64}$/.test(last)) frame.buildId = last;
}
