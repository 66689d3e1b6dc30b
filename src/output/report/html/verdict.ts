import type { IncidentEdge, NextStep, VerdictClause } from '../../../event/event.ts';
import { type Alike, alike } from '../../summary/alike.ts';
import { allClearSentence } from '../../text/all-clear.ts';
import { PROMPTS } from '../../text/incident-text.ts';
import { machineLines } from '../../text/machine-lines.ts';
import { counted } from '../shown.ts';
import { countsText, type PartView, spanText } from '../view.ts';
import { eventLink, evidenceLinks } from './anchors.ts';
import { badge } from './badge.ts';
import { html, type Markup } from './html.ts';

/** What happened: each incident in a sentence whose parts lead to their records, what is not proven, and what to do next. */
export function verdicts(view: PartView): Markup {
  const { incidents, events } = view.part;
  if (incidents.length === 0)
    return html`<p class="verdict">${events.length === 0 ? allClearSentence(view.part.info) : `No incident: ${countsText(view.part)}.`}</p>`;
  const groups = alike(incidents, view.events);
  const rest = groups.slice(MOST).reduce((sum, { count }) => sum + count, 0);
  return html`${groups.slice(0, MOST).map((group, i) => article(view, group, i === 0))}${rest > 0 && html`<p>${counted(rest, 'more incident')}: lastkmsg incidents tells them all.</p>`}${inMemory(view)}${alone(view)}`;
}

/** Incidents told; of those that are alike one stands for all. */
const MOST = 40;
/** Next steps that stand open. */
const STEPS = 3;

function article(view: PartView, { shown: incident, count }: Alike, worst: boolean): Markup {
  const { reasons } = incident;
  const { edges, notProven, nextSteps } = incident;
  const span = spanText(incident, view);
  return html`<article class="incident ${incident.severity}">
<h3>${badge(incident.severity)} Incident ${incident.id}${count > 1 && html` <small>and ${counted(count - 1, 'more', 'more')} like it</small>`}</h3>
<p class="verdict">${clauseText(view, { text: incident.headline, evidence: incident.headlineEvidence })}.</p>
${reasons.length > 0 && html`<ul class="reasons">${reasons.map((clause) => html`<li>${clauseText(view, clause)}</li>`)}</ul>`}
<dl class="facts">
${span && html`<div><dt>when</dt><dd>${span}</dd></div>`}
<div><dt>events</dt><dd>${incident.events.map((id, i) => html`${i > 0 && ', '}${eventLink(view, id)}`)}</dd></div>
</dl>
${notProven.length > 0 && html`<h4>Not proven</h4><ul class="guess">${notProven.map((text) => html`<li>${text}</li>`)}</ul>`}
${nextSteps.length > 0 && stepList(nextSteps, worst)}
${edges.length > 0 && html`<details class="next"><summary>What followed from what</summary><ul>${edges.slice(0, EDGES).map((edge) => edgeItem(view, edge))}</ul>${edges.length > EDGES && html`<p>and ${edges.length - EDGES} more</p>`}</details>`}
</article>
`;
}

/** A part of what is said, with the records it rests on. */
function clauseText(view: PartView, { text, evidence, inferred }: VerdictClause): Markup {
  const said = inferred ? html`<em class="guess">${text}</em> <small>(inferred)</small>` : html`${text}`;
  return html`${said} ${evidenceLinks(view, evidence)}`;
}

const EDGES = 40;

/** The first steps of the worst incident stand open, the others fold. */
function stepList(steps: readonly NextStep[], worst: boolean): Markup {
  const [open, folded] = worst ? [steps.slice(0, STEPS), steps.slice(STEPS)] : [[], steps];
  return html`${open.length > 0 && html`<h4>Next steps</h4><ol class="steps">${open.map(step)}</ol>`}${folded.length > 0 && html`<details class="next"><summary>${worst ? `${folded.length} more next steps` : 'Next steps'}</summary><ol class="steps">${folded.map(step)}</ol></details>`}`;
}

const edgeItem = (view: PartView, { from, to, rule, evidence, confidence }: IncidentEdge): Markup =>
  html`<li>${eventLink(view, from)} → ${eventLink(view, to)}: ${rule}, confidence ${confidence} ${evidenceLinks(view, evidence)}</li>
`;

const step = ({ tool, command, why }: NextStep): Markup =>
  html`<li><span>${why}</span><pre tabindex="0"><code>${command.split('\n').map((line, i) => html`${i > 0 && NEWLINE}<span class="prompt">${PROMPTS[tool]}</span>${line}`)}</code></pre></li>
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
  machine !== undefined && html`<h3>In the memory of the dump</h3><ul>${machineLines(machine).map((line) => html`<li>${line}</li>`)}</ul>`;
