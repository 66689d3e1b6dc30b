import type { Fleet, FleetGroup } from '../../../fleet/fleet.ts';
import { dayText, namesText } from '../../fleet/words.ts';
import { largest } from '../../text/rows.ts';
import type { TimeStyle } from '../../text/wall-time.ts';
import { counted } from '../shown.ts';
import { countsText, type PartView } from '../view.ts';
import { badge } from './badge.ts';
import { html, type Markup, OPEN } from './html.ts';

/** Signatures of the table. */
const ROWS = 100;
/** Inputs that a row names. */
const NAMED = 6;
const NAMES = 8;

/** What many inputs share: a row a signature, leading to the inputs that show it; what shows nothing, what could not be read. */
export function fleetSection(fleet: Fleet, views: readonly PartView[], time: TimeStyle): Markup {
  const numbers = new Map(views.map(({ part, number }) => [part.source, number] as const));
  const { groups, quiet, unreadable } = fleet;
  const most = largest(
    groups.map(({ inputs }) => inputs),
    1,
  );
  return html`<section id="signatures" aria-labelledby="h-signatures">
<h2 id="h-signatures">Signatures</h2>
<div class="wide"><table class="fleet">
<thead><tr><th scope="col">inputs</th><th scope="col">signature</th><th scope="col">seen</th><th scope="col">kernels</th><th scope="col">in</th></tr></thead>
<tbody>${groups.slice(0, ROWS).map((group) => row(group, numbers, most, time))}</tbody>
</table></div>
${groups.length > ROWS && html`<p class="note">and ${counted(groups.length - ROWS, 'signature')} more</p>`}${
  quiet.length > 0 &&
  html`<p class="note">${counted(quiet.length, 'input')} without an incident: ${namesText(
    quiet.map(({ source }) => source),
    NAMES,
  )}</p>`
}${
  unreadable.length > 0 &&
  html`<h3>Not read</h3><ul>${unreadable.slice(0, NAMES).map(({ reason }) => html`<li>${reason}</li>`)}</ul>${unreadable.length > NAMES && html`<p>and ${unreadable.length - NAMES} more</p>`}`
}
</section>
`;
}

function row(group: FleetGroup, numbers: ReadonlyMap<string, number>, most: number, time: TimeStyle): Markup {
  const days = [group.first, group.last].map((wall) => (wall === undefined ? '–' : dayText(wall.time, time)));
  const links = group.members.slice(0, NAMED).map(({ source, host }, i) => {
    const number = numbers.get(source);
    const name = host ?? source.split('/').slice(-2).join('/');
    return html`${i > 0 && ', '}${number === undefined ? name : html`<a href="#s${number}">${name}</a>`}`;
  });
  const rest = group.members.length - NAMED;
  return html`<tr><td class="share">${group.inputs}<svg class="bar" viewBox="0 0 60 6" preserveAspectRatio="none" aria-hidden="true"><rect class="k" width="${Math.round((60 * group.inputs) / most)}" height="6"/></svg></td><td>${badge(group.severity)} <b>${group.title}</b>${group.culprit !== undefined && html`<br><small>${[group.culprit, ...group.stack.slice(1, 4)].join(' ← ')}</small>`}</td><td>${days[0] === days[1] ? days[0] : `${days[0]} to ${days[1]}`}</td><td>${namesText(
    group.kernels.map(({ name }) => name),
    2,
  )}</td><td>${links}${rest > 0 && ` and ${rest} more`}</td></tr>
`;
}

/** So few that none need be folded. */
const OPENED = 3;

/** Each input folded, under what happened in it. */
export function inputList(views: readonly PartView[], body: (view: PartView) => Markup): Markup {
  return html`<section id="inputs" aria-labelledby="h-inputs">
<h2 id="h-inputs">Inputs</h2>
${views.map((view) => {
  const { part, number } = view;
  const [worst] = part.incidents;
  return html`<details class="input ${worst?.severity ?? 'info'}"${views.length <= OPENED && OPEN}><summary>${badge(worst?.severity ?? 'info')} <b>${part.source}</b> ${worst === undefined ? countsText(part) : worst.headline}</summary>
<div id="s${number}">
${body(view)}</div></details>
`;
})}</section>
`;
}
