import type { Event, Frame, Signature } from '../event/event.ts';
import type { Draft } from '../event/facts/draft.ts';
import { bareSymbol } from './bare-symbol.ts';
import { defaultFrames, findCulprit, machineryOf } from './culprit.ts';
import { hash } from './hash.ts';
import { titlesOf } from './title.ts';

/** Frames that a signature holds at most, from the guilty one on: callers further out vary with the workload. */
const DEPTH = 5;

export interface Signed {
  readonly title: string;
  readonly altTitles?: string[] | undefined;
  readonly culprit?: Event['culprit'] | undefined;
  readonly signature: Signature;
}

/** A name, and the frame of the report that the culprit is. */
export interface Named {
  readonly signed: Signed;
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
  const { title, altTitles } = titlesOf(
    naming,
    culprit?.symbol,
    others.flatMap((f) => f.symbol ?? []),
  );
  const names = signatureFrames(frames, culprit);
  const form = naming.title.replace(/\{f\}/g, '*');
  const signed = {
    title,
    ...(altTitles.length === 0 ? {} : { altTitles: [...altTitles] }),
    ...(culprit === undefined ? {} : { culprit: { ...culprit, ...(why === undefined ? {} : { why }) } }),
    signature: { hash: hash([draft.kind, form, ...names].join('\n')), frames: names },
  };
  return { signed, frame: culprit };
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
