import type { Incident, IncidentEdge, NextStep, VerdictClause } from '../../../event/event.ts';
import { allClearSentence } from '../../text/all-clear.ts';
import { machineLines } from '../../text/machine-lines.ts';
import { worstFirst } from '../../worst-first.ts';
import { countsText, type PartView, spanText } from '../view.ts';
import { eventLink, evidenceLinks } from './anchors.ts';
import { badge } from './badge.ts';
import { html, type Markup, OPEN } from './html.ts';

/** What happened: each incident in a sentence whose parts lead to their records, what is not proven, and what to do next. */
export function verdicts(view: PartView): Markup {
  const { incidents, events } = view.part;
  if (incidents.length === 0)
    return html`<p class="verdict">${events.length === 0 ? allClearSentence(view.part.info) : `No incident: ${countsText(view.part)}.`}</p>`;
  return html`${worstFirst(incidents).map((incident, i) => article(view, incident, i === 0))}${alone(view)}${inMemory(view)}`;
}

function article(view: PartView, incident: Incident, worst: boolean): Markup {
  const { clauses, edges, notProven, nextSteps } = incident;
  const span = spanText(incident, view);
  return html`<article class="incident ${incident.severity}">
<h4>${badge(incident.severity)} Incident ${incident.id}</h4>
<p class="verdict">${clauses.length > 0 ? clauses.map((clause, i) => clauseText(view, clause, i === 0 ? incident.verdict.charAt(0) : undefined, i === clauses.length - 1)) : incident.verdict}</p>
<dl class="facts">
${span && html`<div><dt>when</dt><dd>${span}</dd></div>`}
<div><dt>events</dt><dd>${incident.events.map((id, i) => html`${i > 0 && ', '}${eventLink(view, id)}`)}</dd></div>
</dl>
${edges.length > 0 && html`<h5>What followed from what</h5><ul>${edges.map((edge) => edgeItem(view, edge))}</ul>`}
${notProven.length > 0 && html`<h5>Not proven</h5><ul class="guess">${notProven.map((text) => html`<li>${text}</li>`)}</ul>`}
${nextSteps.length > 0 && html`<details class="next"${worst && OPEN}><summary>Next steps</summary><ol class="steps">${nextSteps.map(step)}</ol></details>`}
</article>
`;
}

/** A part of the sentence as the verdict joins it, with the records it rests on; the first begins as the verdict does. */
function clauseText(view: PartView, { text, evidence, inferred }: VerdictClause, begin: string | undefined, last: boolean): Markup {
  const words = begin === undefined || begin.toLowerCase() !== text.charAt(0) ? text : begin + text.slice(1);
  const said = inferred ? html`<em class="guess">${words}</em> <small>(inferred)</small>` : html`${words}`;
  return html`${said} ${evidenceLinks(view, evidence)}${last ? '.' : '; '}`;
}

const edgeItem = (view: PartView, { from, to, rule, evidence, confidence }: IncidentEdge): Markup =>
  html`<li>${eventLink(view, from)} → ${eventLink(view, to)}: ${rule}, confidence ${confidence} ${evidenceLinks(view, evidence)}</li>
`;

const step = ({ tool, command, why }: NextStep): Markup =>
  html`<li><span class="tool">${tool}</span> <span>${why}</span><pre tabindex="0"><code>${command.split('\n').map((line, i) => html`${i > 0 && NEWLINE}${line}`)}</code></pre></li>
`;

const NEWLINE = html`
`;

/** Events that nothing ties to another: named, so that nobody looks for them in vain. */
function alone(view: PartView): Markup {
  const { unexplained } = view.part;
  if (unexplained.length === 0) return html``;
  const most = 60;
  const links = unexplained.slice(0, most).map((id, i) => html`${i > 0 && ', '}${eventLink(view, id)}`);
  return html`<p>In no incident: ${links}${unexplained.length > most && ` and ${unexplained.length - most} more`}.</p>`;
}

/** What a dump says beyond its log. */
const inMemory = ({ part: { machine } }: PartView): Markup | false =>
  machine !== undefined && html`<h4>In the memory of the dump</h4><ul>${machineLines(machine).map((line) => html`<li>${line}</li>`)}</ul>`;
