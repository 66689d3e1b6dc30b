import { createHash } from 'node:crypto';
import type { Replaced, Report } from '../report.ts';
import { aboutRows, countsText, nowText, type PartView, sourceWords, viewsOf } from '../view.ts';
import { eventList } from './event.ts';
import { html, Markup } from './html.ts';
import { logLines } from './log.ts';
import { STYLE } from './style.ts';
import { timelineFigure } from './svg.ts';
import { verdicts } from './verdict.ts';

/** No script, no request, no form, no style but this page's own: a hostile log that got through would still do nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** The report as one HTML file that needs nothing else: no script, no font, no picture, no network. */
export function htmlReport(report: Report): string {
  const views = viewsOf(report);
  const names = report.parts.map((part) => part.source).join(', ');
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${views.length === 1 ? `Kernel report: ${names}` : `Kernel report: ${views.length} inputs`}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>Kernel report</h1>
<nav aria-label="Contents"><ul${views.length > 1 && html` class="inputs"`}>
${views.map((view) => contents(view, views.length > 1))}${
  report.replaced &&
  html`<li><a href="#replaced">Replaced</a></li>
`
}</ul></nav>
</header>
<main>
${views.map(section)}${report.replaced && replacedSection(report.replaced)}</main>
<footer><p>Made by lastkmsg ${report.version}, from ${sourceWords(views)}. What is inferred says so; record numbers lead to the lines of the log. ${nowText(report)}</p></footer>
</body>
</html>
`;
  return page.text;
}

const PLACES = ['Verdict', 'Timeline', 'Events', 'Log'] as const;

const places = ({ number }: PartView): Markup =>
  html`${PLACES.map(
    (place) => html`<li><a href="#s${number}-${place.toLowerCase()}">${place}</a></li>
`,
  )}`;

/** Of several inputs each has its own line: what is in it, and where. */
const contents = (view: PartView, named: boolean): Markup =>
  named
    ? html`<li><a href="#s${view.number}">${view.part.source}</a> <span class="note">${countsText(view.part)}</span><ul>
${places(view)}</ul></li>
`
    : places(view);

function section(view: PartView): Markup {
  const { part, number } = view;
  const parts: readonly (readonly [(typeof PLACES)[number], Markup])[] = [
    ['Verdict', verdicts(view)],
    ['Timeline', timelineFigure(view)],
    ['Events', eventList(view)],
    ['Log', logLines(view)],
  ];
  return html`<section id="s${number}" aria-labelledby="h${number}">
<h2 id="h${number}">${part.source}</h2>
<p>${countsText(part)}</p>
<dl class="facts about">
${aboutRows(view).map(
  ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`,
)}</dl>
${parts.map(
  ([name, body]) => html`<section id="s${number}-${name.toLowerCase()}" aria-labelledby="h${number}-${name.toLowerCase()}">
<h3 id="h${number}-${name.toLowerCase()}">${name}</h3>
${body}
</section>
`,
)}</section>
`;
}

/** What `--redact` did, so that a reader knows what a placeholder was and a sender what was looked for. */
function replacedSection(replaced: readonly Replaced[]): Markup {
  const found =
    replaced.length === 0
      ? html`<p>Nothing that the rules know was found.</p>`
      : html`<table>
<thead><tr><th scope="col">kind</th><th scope="col">what</th><th scope="col">values</th><th scope="col">places</th></tr></thead>
<tbody>${replaced.map(
          ({ kind, what, values, places }) => html`<tr><td>${kind}</td><td>${what}</td><td>${values}</td><td>${places}</td></tr>
`,
        )}</tbody>
</table>`;
  return html`<section id="replaced" aria-labelledby="h-replaced">
<h2 id="h-replaced">What was replaced</h2>
<p>One value has one placeholder in the whole report. What the rules do not know still stands: read before you send.</p>
${found}
</section>
`;
}
