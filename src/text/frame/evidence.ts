import { MESSAGES } from '../json/message.ts';
import { recordAt, tagAt } from '../peel/kernel-start.ts';
import { isKernelShape } from '../shape/kernel-shapes.ts';

/** A line whose text is in an object of a log store. */
const MESSAGE = new RegExp(String.raw`"(?:${MESSAGES.join('|')})"\s?: ?"(?<inner>(?:[^"\\]|\\.)*)`);

/** What of the rest of a line says for itself that a kernel printed it; undefined where nothing does. */
export function evidenceIn(text: string): string | undefined {
  if (text.charCodeAt(0) === 0x7b) {
    const inner = MESSAGE.exec(text)?.groups?.inner;
    return inner === undefined ? undefined : evidenceIn(inner.trimStart());
  }
  return recordAt(text, 0) || isKernelShape(text) || tagAt(text, 0) !== undefined ? text : undefined;
}
