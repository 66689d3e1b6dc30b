import type { Event, RawRecord } from '../../../event/event.ts';
import { SEVERITIES } from '../../../event/kinds.ts';
import { countText } from '../../../event/oom/size-text.ts';
import { counted, shown, stamp } from '../shown.ts';
import { gapText, type PartView } from '../view.ts';
import { eventId, recordId } from './anchors.ts';
import { html, type Markup } from './html.ts';

/** The log's own lines, each with an anchor; what an event was made of is marked at the edge, what is left out is said. */
export function logLines(view: PartView): Markup {
  const { total, items } = view.part.log;
  if (total === 0) return html`<p>No record.</p>`;
  const used = new Set<number>();
  const eventOf = eventFinder(view.part.events);
  const left = items.reduce((sum, item) => sum + (item.kind === 'gap' ? item.count : 0), 0);
  const note =
    left === 0
      ? `All ${counted(total, 'record')}.`
      : `${counted(total - left, 'record')} of ${countText(total)}: what surrounds the events, what the verdict rests on, and the end.`;
  const body = items.map((item) =>
    item.kind === 'gap'
      ? html`<p class="gap">⋯ ${gapText(item.count)}</p>`
      : html`<pre class="log" tabindex="0">${item.records.map((record) => line(view, record, eventOf(record.seq), used))}</pre>`,
  );
  return html`<p class="note">${note}</p>
${body}`;
}

function line(view: PartView, record: RawRecord, event: Event | undefined, used: Set<number>): Markup {
  const { seq, time, callerId, text, level } = record;
  // a ring and its early copy may hold one number twice: the first has the anchor
  const id = used.has(seq) ? undefined : recordId(view, seq);
  used.add(seq);
  const head = [stamp(time), callerId && `[${callerId.padStart(6)}]`].filter(Boolean).join('');
  const tag = event?.records.first === seq && html`<a class="tag" href="#${eventId(view, event.id)}">${event.id}</a> `;
  const number = id === undefined ? html`<span class="seq">${seq}</span>` : html`<a class="seq" href="#${id}">${seq}</a>`;
  const texts = text.split('\n').map((part, i) => html`${i > 0 && NEXT}${part}`);
  return html`<span class="line${event && ` of ${event.severity}`}${loudness(level)}"${id !== undefined && html` id="${id}"`}>${number} ${tag}${head && `${shown(head)} `}${texts}
</span>`;
}

/** How loud the kernel printed it (dmesg's levels): errors and worse, warnings; the rest is calm. */
const loudness = (level: number | undefined): string => (level === undefined || level > 4 ? '' : level === 4 ? ' warn' : ' loud');

/** A line break within a record, indented under its number. */
const NEXT = html`
        `;

/** Finds the worst event whose records a number lies in; asked in log order it looks at each event once. */
function eventFinder(events: readonly Event[]): (seq: number) => Event | undefined {
  const sorted = [...events].sort((a, b) => a.records.first - b.records.first);
  let next = 0;
  let before = Number.NEGATIVE_INFINITY;
  let open: Event[] = [];
  return (seq) => {
    if (seq < before) {
      next = 0;
      open = [];
    }
    before = seq;
    for (let event = sorted[next]; event !== undefined && event.records.first <= seq; event = sorted[++next]) open.push(event);
    open = open.filter((event) => event.records.last >= seq);
    return open.reduce<Event | undefined>((worst, event) => (worst === undefined || rank(event) < rank(worst) ? event : worst), undefined);
  };
}

const rank = (event: Event): number => SEVERITIES.indexOf(event.severity);
