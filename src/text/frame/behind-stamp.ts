import { isKernelShape } from '../shape/kernel-shapes.ts';
import type { Framed, Framing } from './frame.ts';

/** The kernel's time, and a level or a caller that stands before it or behind it. */
const STAMP = /^(?:<\d{1,3}>)?\[ {0,11}\d{1,10}\.\d{6}\](?:\[ *[TC]\d+\])?[ \t]?(?=\S)/;
/** The share of lines that have a time, and of texts that begin as none of the kernel's does. */
const SHARE = 0.8;
const SIGN = /^[-<(]|^\[ {0,4}\d{1,3}:/;

/**
 * What stands behind the time of each line: vendors of phones have their kernels print CPU, process and more there (`-(4)[705:kworker/4:1]`,
 * `[0:  swapper/0:    1]`). Undefined where a text has nothing of the kind.
 */
export function textsBehindStamps(lines: readonly string[]): readonly string[] | undefined {
  const texts = lines.map((line) => STAMP.exec(line)?.[0].length).map((end, i) => (end === undefined ? undefined : lines[i]?.slice(end)));
  const stamped = texts.filter((text) => text !== undefined);
  if (stamped.length < lines.length * SHARE) return undefined;
  const odd = stamped.filter((text) => SIGN.test(text) && !isKernelShape(text)).length;
  return odd >= stamped.length * SHARE ? stamped : undefined;
}

/** Takes off what a frame of the texts behind the stamps takes off, and leaves the stamp. */
export class BehindStamp implements Framing {
  constructor(private readonly frame: Framing) {}

  read(line: string): Framed | undefined {
    const stamp = STAMP.exec(line)?.[0];
    const framed = stamp === undefined ? undefined : this.frame.read(line.slice(stamp.length));
    return framed && { ...framed, prefix: '', text: `${stamp?.trimEnd()} ${framed.text}` };
  }
}
