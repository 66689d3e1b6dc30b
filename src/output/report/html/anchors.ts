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

/** Numbers named one by one; more are told by how many they are. */
const MOST = 12;

/** The records that a sentence rests on: `[498, 544]`, each leading to its line. */
export function evidenceLinks(view: PartView, records: readonly number[]): Markup {
  if (records.length === 0) return html``;
  const links = records.slice(0, MOST).map((seq, i) => html`${i > 0 && ', '}${recordLink(view, seq)}`);
  const more = records.length > MOST && ` and ${records.length - MOST} more`;
  return html`<span class="evidence">[<span class="said">records </span>${links}${more}]</span>`;
}

/** `records 498–543`, leading to the first. */
export function rangeLink(view: PartView, { first, last }: { readonly first: number; readonly last: number }): Markup {
  if (first === last) return html`record ${recordLink(view, first)}`;
  return html`records ${recordLink(view, first)}–${recordLink(view, last)}`;
}
