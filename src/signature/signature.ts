import type { Event, Frame, Signature } from '../event/event.ts';
import type { Draft } from '../event/facts/draft.ts';
import { bareSymbol } from './bare-symbol.ts';
import { defaultFrames, findCulprit, machineryOf } from './culprit.ts';
import { titlesOf } from './title.ts';

/** Frames that a signature holds at most, from the guilty one on: callers further out vary with the workload. */
const DEPTH = 5;

interface Signed {
  title: string;
  altTitles?: string[];
  culprit?: NonNullable<Event['culprit']>;
  signature?: Signature;
}

/** A name, and the frame of the report that the culprit is. */
export interface Named {
  readonly signed: Signed & { readonly signature: Signature };
  readonly frame: Frame | undefined;
}

/**
 * Names a draft: culprit, titles, and a signature of kind and frames that holds no address, CPU, pid, offset or compiler suffix,
 * so that it is the same on every boot.
 */
export function sign(draft: Draft): Named {
  const { naming } = draft;
  const frames = naming.frames ?? defaultFrames(draft.at, draft.stacks);
  const { frame: culprit, why, others } = findCulprit(frames, naming);
  const next: string[] = [];
  for (const { symbol } of others) if (symbol !== undefined) next.push(symbol);
  const { title, altTitles } = titlesOf(naming, culprit?.symbol, next);
  const names = signatureFrames(frames, culprit);
  const form = naming.title.replaceAll('{f}', '*');
  const signed: Signed = altTitles.length === 0 ? { title } : { title, altTitles };
  if (culprit !== undefined) {
    signed.culprit = { ...culprit };
    if (why !== undefined) signed.culprit.why = why;
  }
  const signature = { hash: hashOf([draft.kind, form, ...names].join('\n')), frames: names };
  return { signed: Object.assign(signed, { signature }), frame: culprit };
}

/** The guilty frame and its reliable callers, up to the way into the kernel. */
function signatureFrames(frames: readonly Frame[], culprit: Frame | undefined): string[] {
  const names: string[] = [];
  const from = culprit === undefined ? 0 : frames.indexOf(culprit);
  for (let i = Math.max(0, from); i < frames.length; i++) {
    const frame = frames[i] as Frame;
    if (frame.symbol === undefined || frame.reliable === false || frame.inlined) continue;
    const name = bareSymbol(frame.symbol);
    if (machineryOf(name).has('entry')) break;
    if (names.at(-1) !== name) names.push(name);
    if (names.length === DEPTH) break;
  }
  return names;
}

/** Hashes of the last texts: what repeats in a log has the same. */
const MOST_HASHES = 256;
const hashes = new Map<string, string>();

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const made = hash(text);
  if (hashes.size >= MOST_HASHES) hashes.clear();
  hashes.set(text, made);
  return made;
}

/** FNV-1a, 64 bits, as 16 hex digits: stable, dependency-free, and nobody gains by forging a signature. */
function hash(text: string): string {
  let high = 0xcbf29ce4 | 0;
  let low = 0x84222325 | 0;
  for (let i = 0; i < text.length; i++) {
    low ^= text.charCodeAt(i) & 0xff;
    // × 0x100000001b3 = (x << 40) + x * 0x1b3, in 32-bit halves; the lower in halves again, so that no product is a floating point number
    const first = Math.imul(low & 0xffff, 0x1b3);
    const second = Math.imul(low >>> 16, 0x1b3) + (first >>> 16);
    high = (Math.imul(high, 0x1b3) + (second >>> 16) + (low << 8)) | 0;
    low = (second << 16) | (first & 0xffff);
  }
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
