import type { Frame, Signature } from '../event/event.ts';
import type { Draft } from '../event/facts/draft.ts';
import { bareSymbol } from './bare-symbol.ts';
import { defaultFrames, guiltyFrame, machineryOf } from './culprit.ts';
import { hash } from './hash.ts';
import { titlesOf } from './title.ts';

/** Frames that a signature holds at most, from the guilty one on: callers further out vary with the workload. */
const DEPTH = 5;

export interface Signed {
  readonly title: string;
  readonly altTitles?: string[] | undefined;
  readonly culprit?: Frame | undefined;
  readonly signature: Signature;
}

/**
 * Names a draft: culprit, titles, and a signature of kind and frames that holds no address, CPU, pid, offset or compiler suffix,
 * so that it is the same on every boot.
 */
export function sign(draft: Draft): Signed {
  const { naming } = draft;
  const frames = naming.frames ?? defaultFrames(draft.at, draft.stacks);
  const culprit = guiltyFrame(frames, naming);
  const { title, altTitles } = titlesOf(naming, culprit?.symbol);
  const names = signatureFrames(frames, culprit);
  const form = naming.title.replace(/\{f\}/g, '*');
  return {
    title,
    ...(altTitles.length === 0 ? {} : { altTitles: [...altTitles] }),
    ...(culprit === undefined ? {} : { culprit: stripped(culprit) }),
    signature: { hash: hash([draft.kind, form, ...names].join('\n')), frames: names },
  };
}

/** The guilty frame and its reliable callers, up to the way into the kernel. */
function signatureFrames(frames: readonly Frame[], culprit: Frame | undefined): string[] {
  const names: string[] = [];
  const from = culprit === undefined ? 0 : frames.indexOf(culprit);
  for (const frame of frames.slice(Math.max(0, from))) {
    if (frame.symbol === undefined || frame.reliable === false || frame.inlined) continue;
    const name = bareSymbol(frame.symbol);
    if (machineryOf(name).has('entry')) break;
    if (names.at(-1) !== name) names.push(name);
    if (names.length === DEPTH) break;
  }
  return names;
}

const stripped = (frame: Frame): Frame => ({ ...frame });
