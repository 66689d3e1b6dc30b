import type { Severity } from '../../../event/event.ts';
import { html, type Markup } from './html.ts';

/** The letter that stands for a severity, beside its colour. */
export const LETTER: Readonly<Record<Severity, string>> = { fatal: 'F', error: 'E', warning: 'W', info: 'I' };

export const badge = (severity: Severity): Markup =>
  html`<span class="badge ${severity}"><span aria-hidden="true">${LETTER[severity]}</span><span class="said">${severity}</span></span>`;
