import type { Event } from '../../../event/event.ts';
import { percentText, sizeText } from '../../../event/oom/size-text.ts';
import { memoryParts, type Part } from '../../oom/memory.ts';
import { biggestTasks } from '../../oom/tasks.ts';
import { printable } from '../../text/printable.ts';
import { html, type Markup } from './html.ts';

const WIDTH = 720;
const HEIGHT = 22;
/** Shades of the style sheet. */
const SHADES = 8;

/** An OOM report's memory as pictures: one bar of what it was used for, one bar for each of the biggest tasks. */
export function memoryBars(event: Event): Markup {
  const { parts, totalKb } = memoryParts(event);
  const tasks = biggestTasks(event);
  if (parts.length === 0 && tasks.length === 0) return html``;
  return html`<figure class="bars">
${parts.length > 0 && totalKb > 0 && html`${stacked(parts, totalKb, event.oom?.usage?.scope === 'cgroup' ? 'Memory of the cgroup' : 'Memory of the machine')}`}${tasks.length > 0 && tasksDrawing(tasks)}</figure>
`;
}

function stacked(parts: readonly Part[], totalKb: number, title: string): Markup {
  const places = parts.map((part, i) => ({
    ...part,
    x: parts.slice(0, i).reduce((sum, { kb }) => sum + kb, 0),
    shade: Math.min(i, SHADES - 1),
  }));
  const whole = Math.max(
    totalKb,
    parts.reduce((sum, { kb }) => sum + kb, 0),
  );
  const scale = (kb: number): number => Math.round((kb / whole) * WIDTH * 10) / 10;
  return html`<h4>${title}: ${sizeText(totalKb)}</h4>
<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${title}">${places.map(
    ({ name, kb, x, shade }) =>
      html`<rect class="p${shade}" x="${scale(x)}" y="0" width="${scale(kb)}" height="${HEIGHT}"><title>${name} ${sizeText(kb)}</title></rect>`,
  )}</svg>
<ul class="legend">${places.map(
    ({
      name,
      kb,
      shade,
    }) => html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="p${shade}" width="10" height="10"/></svg> ${name} <b>${sizeText(kb)}</b> <small>${percentText(kb, totalKb)}</small></li>
`,
  )}</ul>
`;
}

function tasksDrawing(tasks: ReturnType<typeof biggestTasks>): Markup {
  const most = Math.max(1, ...tasks.map(({ kb }) => kb));
  return html`<h4>Biggest tasks</h4>
<table class="tasks"><tbody>${tasks.map(
    ({
      name,
      pid,
      kb,
      killed,
    }) => html`<tr><th scope="row">${printable(name)}[${pid}]${killed && html` <span class="killed">killed</span>`}</th><td><svg class="bar" viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" aria-hidden="true"><rect class="${killed ? 'k' : 'p0'}" width="${Math.round((kb / most) * WIDTH)}" height="14"/></svg></td><td>${sizeText(kb)}</td></tr>
`,
  )}</tbody></table>
`;
}
