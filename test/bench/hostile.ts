// What regular expressions do with text made to be looked at twice, which no counter sees: the time for twice the text.
import { Redactor } from '../../src/output/redact/redactor.ts';
import { lockLines, oomLines, REDACTABLE } from '../support/hostile.ts';
import { eventsOf } from '../support/read-events.ts';
import { readOom } from '../support/read-oom.ts';
import type { Row } from './row.ts';

/** Characters. */
const SIZE = 64_000;
const RUNS = 5;

/** Lines that were read before are remembered: none comes twice. */
let nth = 0;

const PARTS: readonly (readonly [name: string, texts: (size: number) => readonly string[], run: (text: string) => unknown])[] = [
  ['lock reports', lockLines, (text) => eventsOf(`WARNING: possible circular locking dependency detected\n${text}\n`)],
  ['OOM reports', oomLines, (text) => readOom(`${text} ${++nth}`)],
  ['redaction', (size) => REDACTABLE.map((unit) => unit.repeat(size / unit.length)), (text) => new Redactor().text(text)],
];

/** The worst ratio of each part; 2 is linear, 4 is quadratic. */
export async function bench(): Promise<Row[]> {
  return PARTS.map(([name, texts, run]) => {
    const ratios = texts(SIZE).map((text, i) => {
      const once = best(() => run(text));
      const twice = best(() => run(texts(2 * SIZE)[i]!));
      return { once, twice, ratio: twice / once, text: text.slice(0, 24) };
    });
    // what takes less than a tenth of a millisecond is not measured by this
    const worst = ratios.filter(({ twice }) => twice > 0.1).reduce((a, b) => (b.ratio > a.ratio ? b : a), ratios[0]!);
    return {
      name: `${name}, twice the line`,
      figure: worst.ratio,
      unit: 'times the time',
      floor: 3,
      note: `${worst.twice.toFixed(2)} ms for ${2 * SIZE} characters: ${worst.text}`,
    };
  });
}

/** Milliseconds of the best run. */
function best(run: () => unknown): number {
  return Math.min(
    ...Array.from({ length: RUNS }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}
