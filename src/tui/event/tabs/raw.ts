import { printable } from '../../../output/text/printable.ts';
import { clockOf } from '../../data/clock.ts';
import { recordLine } from '../../log/record-line.ts';
import type { Tab } from '../tab.ts';

/** The report's records with what stood between them, as in the log. */
export const rawTab: Tab = {
  name: 'Raw',
  short: 'Raw',
  rows: ({ source, event, view, width, place }) => {
    const rows = source.rowsOf(event);
    if (rows === undefined) return undefined;
    const [first, last] = rows;
    const { records } = source;
    const clock = view.time === 'utc' ? clockOf(source, event.boot) : undefined;
    return {
      count: last - first + 1,
      row: (index) => ({
        line: recordLine(source, first + index, {
          width,
          time: view.time,
          clock,
          numbers: `${event.records.last}`.length + 1,
          caller: 0,
          chosen: source.indexOf(event.id),
          left: place.left,
          query: view.query,
        }),
        seq: records.seq(first + index),
        yank: printable(records.text(first + index)),
      }),
    };
  },
};
