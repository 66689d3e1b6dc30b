import type { Event, Severity } from '../../event/event.ts';
import { byKind } from '../../event/kinds.ts';
import type { Role } from './roles.ts';

/** How a kind of event is told apart at a glance: a glyph, a short word, a role. Never colour alone. */
export interface Look {
  readonly glyph: '✖' | '▲' | '■' | '◆' | '·';
  readonly word: string;
  readonly role: Role | undefined;
}

const OOPS: Look = { glyph: '✖', word: 'oops', role: 'fatal' };
const HUNG: Look = { glyph: '■', word: 'hung', role: 'hung' };
const OOM: Look = { glyph: '▲', word: 'oom', role: 'memory' };
const WARNING: Look = { glyph: '▲', word: 'warn', role: 'degraded' };
const HARDWARE: Look = { glyph: '◆', word: 'hw', role: 'hardware' };
const INFO: Look = { glyph: '·', word: 'info', role: undefined };

/** The look of each family of kinds, and of what goes by a better word than its family. */
const look = byKind<Look>({
  oops: OOPS,
  'kernel-bug': { ...OOPS, word: 'bug' },
  panic: { ...OOPS, word: 'panic' },
  corrupt: { ...OOPS, word: 'bug' },
  hung: HUNG,
  'rcu-stall': { ...HUNG, word: 'stall' },
  lock: { ...HUNG, word: 'lock' },
  oom: OOM,
  'page-allocation-failure': { ...OOM, word: 'alloc' },
  warn: WARNING,
  hw: HARDWARE,
  disk: { ...HARDWARE, word: 'disk' },
  'netdev-watchdog': { ...WARNING, word: 'net' },
  other: INFO,
  reboot: { ...INFO, word: 'boot' },
});

export const lookOf = ({ kind }: Pick<Event, 'kind'>): Look => look(kind);

/** The role of a severity where no kind is at hand. */
export const SEVERITY_ROLES: Readonly<Record<Severity, Role | undefined>> = {
  fatal: 'fatal',
  error: 'fatal',
  warning: 'degraded',
  info: undefined,
};
