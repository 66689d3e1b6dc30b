import { fewRuns, type Run } from '../../text/records.ts';
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

/** `records 498–543`, leading to the first and the last. */
export const rangeLink = (view: PartView, run: Run): Markup => html`${run.first === run.last ? 'record' : 'records'} ${runLink(view, run)}`;
