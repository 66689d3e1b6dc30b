import type { Reply, ReplyRow } from '../../../fleet/questions/reply.ts';
import { cellText, isNumber, partsOf } from '../../fleet/reply-cells.ts';
import type { TimeStyle } from '../../text/wall-time.ts';
import { htmlDocument } from './document.ts';
import { html, type Markup } from './html.ts';

/** Where an answer is from, for the page's foot. */
export interface Origin {
  readonly version: string;
  /** The store as the user named it. */
  readonly store: string;
  readonly time: TimeStyle;
}

/** The answer to a question as one page. */
export function htmlReply(reply: Reply, { version, store, time }: Origin): string {
  const { question, title, notes, more = 0 } = reply;
  const body = html`<header>
<p class="eyebrow">fleet ${question}</p>
<h1>${title}</h1>
</header>
<main>
${partsOf(reply).map(
  ({ heading, rows }) => html`<section>
${heading !== undefined && html`<h2>${heading}</h2>`}${rows.length === 0 ? html`<p>nothing</p>` : tableOf(reply, rows, time)}
</section>
`,
)}${more > 0 && html`<p class="note">and ${more} more</p>`}
${notes.map((note) => html`<p class="note">${note}</p>`)}</main>
<footer><p>Made by lastkmsg ${version}, from the store ${store}.</p></footer>
`;
  return htmlDocument(`${title} (fleet ${question})`, body);
}

function tableOf({ columns }: Reply, rows: readonly ReplyRow[], time: TimeStyle): Markup {
  const [counts] = columns.filter(isNumber);
  const most = Math.max(1, ...rows.map((row) => (counts === undefined ? 0 : Number(row[counts.name]) || 0)));
  return html`<div class="wide"><table class="fleet">
<thead><tr>${columns.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${columns.map((column) => {
      const text = cellText(row, column, time);
      return column === counts
        ? html`<td class="share">${text}<svg class="bar" viewBox="0 0 60 6" preserveAspectRatio="none" aria-hidden="true"><rect class="k" width="${Math.round((60 * (Number(row[column.name]) || 0)) / most)}" height="6"/></svg></td>`
        : html`<td>${text}</td>`;
    })}</tr>
`,
  )}</tbody>
</table></div>`;
}
