import type { Event, Severity } from '../../event/event.ts';
import { textOf } from '../../record/decode-text.ts';
import { frameText } from '../text/frame.ts';

/** What cannot stand in UTF-8: half a pair of surrogates. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A string of an event as text that every encoding can write. */
export const said = (value: string): string => textOf(value).replace(LONE, '\ufffd');

/** The user's own name of a file: text already. */
export const named = (source: string): string => source.replace(LONE, '\ufffd');

/** Severities as syslog(3) numbers them. Fatal is 2: of 0, systemd tells every terminal, and that machine is long gone. */
export const SYSLOG: Readonly<Record<Severity, { readonly code: number; readonly name: string }>> = {
  fatal: { code: 2, name: 'crit' },
  error: { code: 3, name: 'err' },
  warning: { code: 4, name: 'warning' },
  info: { code: 6, name: 'info' },
};

/** Milliseconds since 1970; undefined where the log has no time of the day. */
export function wallMs({ wall }: Event): number | undefined {
  const ms = wall === undefined ? Number.NaN : Date.parse(wall.time);
  return Number.isNaN(ms) || ms < 0 ? undefined : ms;
}

/** Reasons as lines; undefined where there is none. */
export const why = (reasons: readonly string[] | undefined): string | undefined =>
  reasons?.length ? reasons.map(said).join('\n') : undefined;

/** The stack that died, a frame a line as the kernel writes it; undefined where there is none. */
export function stackTrace({ at, stacks = [] }: Event): string | undefined {
  const lines = stacks.flatMap(({ label, context, frames }) => [
    `${said(label ?? context)}:`,
    ...frames.map((frame) => ` ${frame.reliable === false ? '? ' : ''}${frameText(frame)}`),
  ]);
  const all = [...(at === undefined ? [] : [`at ${frameText(at)}`]), ...lines];
  return all.length === 0 ? undefined : all.join('\n');
}

/** What tells the same fault from another, over boots and machines. */
export const identity = ({ kind, title, signature }: Event): string => signature?.hash ?? `${kind}: ${said(title)}`;
