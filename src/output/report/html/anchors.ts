import type { Records } from '../../../event/event.ts';
import { fewRuns, type Run, spanMark } from '../../text/records.ts';
import type { PartView } from '../view.ts';
import { html, type Markup, slug } from './html.ts';

export const recordId = (view: PartView, seq: number): string => `r${view.number}-${slug(String(seq))}`;
export const eventId = (view: PartView, id: string): string => `e${view.number}-${slug(id)}`;

/** A record's number, leading to its line where the excerpt has it. */
const recordLink = (view: PartView, seq: number): Markup =>
  view.shown.has(seq) ? html`<a href="#${recordId(view, seq)}">${seq}</a>` : html`${seq}`;

/** An event's id, leading to the event. */
export const eventLink = (view: PartView, id: string): Markup =>
  view.events.has(id) ? html`<a href="#${eventId(view, id)}">${id}</a>` : html`${id}`;

/** `498–543`, or `498`: the ends lead to their lines. */
const runLink = (view: PartView, { first, last }: Run): Markup =>
  first === last ? recordLink(view, first) : html`${recordLink(view, first)}–${recordLink(view, last)}`;

/** The records that a sentence rests on: `[498, 544]`, each leading to its line. */
export function evidenceLinks(view: PartView, records: readonly number[]): Markup {
  if (records.length === 0) return html``;
  const { runs, more } = fewRuns(records);
  const links = runs.map((run, i) => html`${i > 0 && ', '}${runLink(view, run)}`);
  return html`<span class="evidence">[<span class="said">records </span>${links}${more > 0 && ` and ${more} more`}]</span>`;
}

/** The same behind what they say; nothing where nothing says it. */
export const behind = (view: PartView, records: readonly number[]): Markup =>
  records.length === 0 ? html`` : html` ${evidenceLinks(view, records)}`;

/** `records 498–543`, leading to the first and the last; `…` where not all between are the event's. */
export function rangeLink(view: PartView, records: Records): Markup {
  const { first, last } = records;
  if (first === last) return html`record ${recordLink(view, first)}`;
  return html`records ${recordLink(view, first)}${spanMark(records)}${recordLink(view, last)}`;
}

/** The number of a line's record in a column of so many cells, leading to it; blanks where the line has none. */
export function lineLink(view: PartView, seq: number | undefined, cells: number): Markup {
  if (seq === undefined) return html`<span class="seq">${' '.repeat(cells)}</span>`;
  const number = `${seq}`.padStart(cells);
  return view.shown.has(seq) ? html`<a class="seq" href="#${recordId(view, seq)}">${number}</a>` : html`<span class="seq">${number}</span>`;
}
