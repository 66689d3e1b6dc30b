import type { Severity } from '../../../event/event.ts';
import { counted } from '../shown.ts';
import { type Arc, type Mark, type Timeline, timeline } from '../timeline.ts';
import { countsText, type PartView } from '../view.ts';
import { eventId } from './anchors.ts';
import { LETTER } from './badge.ts';
import { html, type Markup } from './html.ts';

/** The timeline as a drawing; the list of events below it says the same in words. */
export function timelineFigure(view: PartView): Markup {
  const line = timeline(view);
  if (line === undefined) return html`<p>Nothing to draw.</p>`;
  return html`<figure>
<section class="drawing" tabindex="0" aria-label="Timeline, to be scrolled">
${drawing(view, line)}
</section>
<figcaption>Time runs from left to right, in seconds since boot where the log has them; distances grow with the logarithm of the time between two events.
F fatal, E error, W warning, I info. An arc leads from a cause to what followed; dashed where confidence is not high.${line.left > 0 && ` ${counted(line.left, 'event')} of lesser weight not drawn.`}</figcaption>
</figure>`;
}

function drawing(view: PartView, { width, height, lanes, marks, edges, boots, axis }: Timeline): Markup {
  const head = `head${view.number}`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Timeline of ${countsText(view.part)}">
<defs><marker id="${head}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="arrow" d="M0 0L8 4L0 8z"/></marker></defs>
${lanes.map(
  ({ label, y }) => html`<text class="lane" x="4" y="${y + 5}">${label}</text><path class="rail" d="M${64} ${y}H${width - 8}"/>
`,
)}${boots.map(
  ({ x, boot }) => html`<path class="boot" d="M${x} 6V${axis - 14}"/><text class="lane" x="${x + 4}" y="14">boot ${boot}</text>
`,
)}${edges.map((edge) => arc(edge, head))}${marks.map((mark) => symbol(view, mark, axis))}</svg>`;
}

function arc({ from, to, height, confidence, rule }: Arc, head: string): Markup {
  const [y1, y2] = [from.y - 13, to.y - 14];
  const top = Math.min(y1, y2) - height;
  return html`<path class="edge ${confidence}" marker-end="url(#${head})" d="M${from.x} ${y1}C${from.x} ${top} ${to.x} ${top} ${to.x} ${y2}"><title>${from.event.id} to ${to.event.id}: ${rule}, confidence ${confidence}</title></path>
`;
}

/** A shape for each severity, so that colour is not all that tells. */
const SHAPE: Readonly<Record<Severity, string>> = {
  fatal: 'M0-13L13 0L0 13L-13 0z',
  error: 'M-10-10H10V10H-10z',
  warning: 'M0-13L13 10H-13z',
  info: 'M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0z',
};

const symbol = (view: PartView, { event, x, y, time }: Mark, axis: number): Markup =>
  html`<a href="#${eventId(view, event.id)}"><title>${event.id} ${event.severity}: ${event.title}</title><path class="drop" d="M${x} ${y + 30}V${axis - 12}"/><g transform="translate(${x} ${y})" class="mark ${event.severity}"><path d="${SHAPE[event.severity]}"/><text class="letter" y="5">${LETTER[event.severity]}</text><text class="name" y="27">${event.id}</text></g><text class="tick" x="${x}" y="${axis}">${time}</text></a>
`;
