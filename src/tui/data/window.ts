import type { Window } from './axis.ts';

/** A thousandth of a thousandth of the log: nothing more is to be seen closer. */
const NEAREST = 1e-6;

/** Half as much around a point, twice as much, or a quarter further. */
export function stepWindow([from, to]: Window, command: 'zoom-in' | 'zoom-out' | 'pan-left' | 'pan-right', at = (from + to) / 2): Window {
  const width = to - from;
  if (command === 'zoom-in') return within(at - width / 4, Math.max(NEAREST, width / 2));
  if (command === 'zoom-out') return within((from + to) / 2 - width, width * 2);
  return within(from + (command === 'pan-left' ? -width : width) / 4, width);
}

function within(from: number, width: number): Window {
  const kept = Math.min(1, width);
  const start = Math.max(0, Math.min(1 - kept, from));
  return [start, start + kept];
}
