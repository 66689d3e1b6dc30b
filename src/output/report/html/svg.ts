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
<section class="drawing" tabindex="0" aria-label="Timeline">
${drawing(view, line)}
</section>
<figcaption>Time runs from left to right; distances grow with the logarithm of the time between two events, and what falls together is one mark.
F fatal, E error, W warning, I info. An arc leads from a cause to what followed; dashed where confidence is not high.${line.left > 0 && ` ${counted(line.left, 'event')} of lesser weight not drawn.`}</figcaption>
</figure>`;
}

function drawing(view: PartView, { width, height, lanes, marks, edges, boots, ticks, axis }: Timeline): Markup {
  const head = `head${view.number}`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="group" aria-label="Timeline of ${countsText(view.part)}">
<defs><marker id="${head}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="arrow" d="M0 0L8 4L0 8z"/></marker></defs>
${lanes.map(
  ({
    label,
    kind,
    y,
  }) => html`<text class="lane" x="4" y="${y - 1}">${label}</text><text class="kind" x="4" y="${y + 14}">${kind}</text><path class="rail" d="M${142} ${y}H${width - 8}"/>
`,
)}${boots.map(
  ({ x, boot }) => html`<path class="boot" d="M${x} 6V${axis - 14}"/><text class="kind" x="${x + 4}" y="12">boot ${boot}</text>
`,
)}${edges.map((edge) => arc(edge, head))}${marks.map((mark) => symbol(view, mark))}${ticks.map(
  ({ x, text }) => html`<text class="tick" x="${x}" y="${axis}">${text}</text>
`,
)}</svg>`;
}

const nameOf = ({ events: [first, ...others] }: Mark): string => (others.length === 0 ? first.id : `${first.id} +${others.length}`);

function arc({ from, to, height, confidence, rule }: Arc, head: string): Markup {
  const [y1, y2] = [from.y - 13, to.y - 14];
  const top = Math.min(y1, y2) - height;
  return html`<path class="edge ${confidence}" marker-end="url(#${head})" d="M${from.x} ${y1}C${from.x} ${top} ${to.x} ${top} ${to.x} ${y2}"><title>${nameOf(from)} to ${nameOf(to)}: ${rule}, confidence ${confidence}</title></path>
`;
}

/** A shape for each severity, so that colour is not all that tells. */
const SHAPE: Readonly<Record<Severity, string>> = {
  fatal: 'M0-13L13 0L0 13L-13 0z',
  error: 'M-10-10H10V10H-10z',
  warning: 'M0-13L13 10H-13z',
  info: 'M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0z',
};

/** Events that a mark's title names. */
const NAMED = 8;

function symbol(view: PartView, mark: Mark): Markup {
  const { events, severity, x, y } = mark;
  const rest = events.length - NAMED;
  const titles = events.slice(0, NAMED).map(({ id, title }, i) => html`${i > 0 && '; '}${id}: ${title}`);
  return html`<a href="#${eventId(view, events[0].id)}"><title>${severity} ${titles}${rest > 0 && ` and ${rest} more`}</title><g transform="translate(${x} ${y})" class="mark ${severity}"><path d="${SHAPE[severity]}"/><text class="letter" y="5">${LETTER[severity]}</text><text class="name" y="27">${nameOf(mark)}</text></g></a>
`;
}
