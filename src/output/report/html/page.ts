import type { Severity } from '../../../event/event.ts';
import { whenText } from '../../summary/when.ts';
import { dumpLine } from '../../text/dump-line.ts';
import type { Replaced, Report } from '../report.ts';
import { counted } from '../shown.ts';
import { aboutRows, countsText, nowText, type PartView, sourceWords, titleOf, viewsOf } from '../view.ts';
import { badge } from './badge.ts';
import { htmlDocument } from './document.ts';
import { eventList } from './event.ts';
import { fleetSection, inputList } from './fleet.ts';
import { html, type Markup } from './html.ts';
import { logLines } from './log.ts';
import { timelineFigure } from './svg.ts';
import { verdicts } from './verdict.ts';

/** The report as one HTML file that needs nothing else: no script, no font, no picture, no network. */
export function htmlReport(report: Report): string {
  const views = viewsOf(report);
  const [only, ...others] = views;
  const head = only === undefined || others.length > 0 ? fleetHead(report, views) : partHead(only);
  const body = html`<header>
<p class="eyebrow">${head.eyebrow}</p>
<h1>${head.severity && html`${badge(head.severity)} `}${head.headline}</h1>
<p class="note">${head.note}</p>
<nav aria-label="Contents"><ul>
${head.contents}${
  report.replaced &&
  html`<li><a href="#replaced">Replaced</a></li>
`
}</ul></nav>
</header>
<main>
${others.length > 0 ? html`${report.fleet && fleetSection(report.fleet, views, report.time)}${inputList(views, section)}` : views.map(section)}${report.replaced && replacedSection(report.replaced)}</main>
<footer><p>Made by lastkmsg ${report.version}, from ${sourceWords(views)}. What is inferred says so; record numbers lead to the lines of the log. ${nowText(report)}</p></footer>
`;
  return htmlDocument(head.title, body);
}

/** What stands above all else. */
interface Head {
  readonly title: string;
  readonly eyebrow: string;
  readonly severity?: Severity | undefined;
  readonly headline: string;
  readonly note: string;
  readonly contents: Markup;
}

/** What happened, in what, when. */
function partHead(view: PartView): Head {
  const { part, time } = view;
  const [worst] = part.incidents;
  const releases = [...new Set(part.events.map((event) => event.kernel?.release).filter((release) => release !== undefined))];
  const headline = titleOf(view);
  const when = worst === undefined ? [] : whenText(worst, view.events, time, false);
  return {
    title: `${headline} (${part.source})`,
    eyebrow: part.source,
    severity: worst?.severity,
    headline,
    note: [...when, dumpLine(part.info, releases, time)].join(' · '),
    contents: places(view),
  };
}

function fleetHead({ fleet }: Report, views: readonly PartView[]): Head {
  const said = fleet === undefined ? '' : `, ${counted(fleet.groups.length, 'signature')}`;
  const headline = `${counted(views.length, 'input')}${said}`;
  const hosts = fleet === undefined || fleet.hosts.length === 0 ? '' : `${counted(fleet.hosts.length, 'host')}`;
  const copies =
    fleet === undefined || fleet.copies.length === 0 ? '' : `${counted(fleet.copies.length, 'log')} beside a dump not counted again`;
  return {
    title: `${headline}: kernel report`,
    eyebrow: 'Kernel report',
    headline,
    note: [hosts, copies].filter((part) => part !== '').join(' · '),
    contents: html`${
      fleet &&
      html`<li><a href="#signatures">Signatures</a></li>
`
    }<li><a href="#inputs">Inputs</a></li>
`,
  };
}

const PLACES = ['Verdict', 'Timeline', 'Events', 'Input', 'Log'] as const;

const places = ({ number }: PartView): Markup =>
  html`${PLACES.map(
    (place) => html`<li><a href="#s${number}-${place.toLowerCase()}">${place}</a></li>
`,
  )}`;

/** All of one input: what happened before what it is. */
function section(view: PartView): Markup {
  const { number } = view;
  const parts: readonly (readonly [(typeof PLACES)[number], Markup])[] = [
    ['Verdict', verdicts(view)],
    ['Timeline', timelineFigure(view)],
    ['Events', eventList(view)],
    ['Input', about(view)],
    ['Log', logLines(view)],
  ];
  return html`${parts.map(
    ([
      name,
      body,
    ]) => html`<section id="s${number}-${name.toLowerCase()}" class="${name.toLowerCase()}-section" aria-labelledby="h${number}-${name.toLowerCase()}">
<h2 id="h${number}-${name.toLowerCase()}">${name}</h2>
${body}
</section>
`,
  )}`;
}

const about = (view: PartView): Markup => html`<p>${countsText(view.part)}</p>
<dl class="facts about">
${aboutRows(view).map(
  ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`,
)}</dl>
`;

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
