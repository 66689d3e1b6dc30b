import type { Event } from '../../../event/event.ts';
import { oomSections } from '../../oom/index.ts';
import { facts } from '../../text/facts.ts';
import { largest } from '../../text/rows.ts';
import { codeSection, listSections, registerSection, type Section, stackSections } from '../../text/sections.ts';
import { plain, type Role } from '../../text/theme.ts';
import type { TimeStyle } from '../../text/wall-time.ts';
import { timeText } from '../../text/words.ts';
import { counted } from '../shown.ts';
import type { PartView } from '../view.ts';
import { behind, eventId, lineLink, rangeLink } from './anchors.ts';
import { badge } from './badge.ts';
import { memoryBars } from './bars.ts';
import { html, type Markup, OPEN } from './html.ts';

/** Cells of the blocks of an event; narrower screens scroll them. */
const WIDTH = 104;

/** All events, one line each, that open to the whole event; those that the worst incident began and ended with are open. */
export function eventList(view: PartView): Markup {
  const { events, incidents } = view.part;
  if (events.length === 0) return html`<p>None.</p>`;
  const open = new Set(incidents.slice(0, 1).flatMap(({ first, terminal }) => [first, terminal]));
  const rest = events.length - view.full.size;
  return html`${rest > 0 && html`<p class="note">${counted(rest, 'event')} of ${counted(events.length, 'event')} shown as a line only: lastkmsg events prints them in full.</p>`}
${events.map((event) => (view.full.has(event.id) ? full(view, event, open.has(event.id)) : line(view, event)))}`;
}

const heading = (event: Event, time: TimeStyle): Markup =>
  html`${badge(event.severity)} <span class="time">${timeText(event, time)}</span> <span class="id">${event.id}</span> <span class="title">${event.title}</span>`;

const line = (view: PartView, event: Event): Markup =>
  html`<p class="event" id="${eventId(view, event.id)}">${heading(event, view.time)} (${rangeLink(view, event.records)})</p>
`;

function full(view: PartView, event: Event, open: boolean): Markup {
  const sections: Section[] = [
    ...oomSections(event, { width: WIDTH, paint: plain }),
    ...stackSections(event, { width: WIDTH, paint: plain }),
    ...codeSection(event, { width: WIDTH, paint: plain }),
    ...registerSection(event, { width: WIDTH, paint: plain }),
    ...listSections(event, { width: WIDTH, paint: plain }),
  ];
  return html`<details class="event ${event.severity}" id="${eventId(view, event.id)}"${open && OPEN}>
<summary>${heading(event, view.time)}</summary>
<dl class="facts">
<div><dt>kind</dt><dd>${event.kind}, ${rangeLink(view, event.records)}</dd></div>
${facts(event, view.time).map(
  ({
    label,
    text,
    guess,
    records,
  }) => html`<div><dt>${label}</dt><dd>${guess ? html`<em class="guess">${text}</em>` : text}${behind(view, records)}</dd></div>
`,
)}</dl>
${memoryBars(event)}${sections.map((section) => block(view, section))}</details>
`;
}

const WORDS = html` class="words"`;

/** A titled block in a fixed pitch; what is a list of sentences wraps on a narrow screen. */
function block(view: PartView, { title, lines, records = [], each, roles = [] }: Section): Markup {
  const cells = largest((each ?? []).map((seq) => `${seq ?? ''}`.length));
  const told = (text: string, role: Role | undefined): Markup =>
    role === undefined ? html`${text}` : html`<span class="${role}">${text}</span>`;
  const lineOf = (text: string, i: number): Markup => html`${each && html`${lineLink(view, each[i], cells)} `}${told(text, roles[i])}
`;
  return html`<h4>${title}${behind(view, records)}</h4>
<pre${lines.every((text) => /^(?:- | {2})/.test(text)) && WORDS} tabindex="0">${lines.map(lineOf)}</pre>
`;
}
