import type { Event, Kind, Severity } from '../../event/event.ts';
import type { Role } from './roles.ts';

/** How a kind of event is told apart at a glance: a glyph, a short word, a role. Never colour alone. */
export interface Look {
  readonly glyph: '✖' | '▲' | '■' | '◆' | '·';
  readonly word: string;
  readonly role: Role | undefined;
}

const OOPS: Look = { glyph: '✖', word: 'oops', role: 'fatal' };
const BUG: Look = { glyph: '✖', word: 'bug', role: 'fatal' };
const HUNG: Look = { glyph: '■', word: 'hung', role: 'hung' };
const LOCK: Look = { glyph: '■', word: 'lock', role: 'hung' };
const OOM: Look = { glyph: '▲', word: 'oom', role: 'degraded' };
const WARN: Look = { glyph: '▲', word: 'warn', role: 'degraded' };
const HARDWARE: Look = { glyph: '◆', word: 'hw', role: 'hardware' };
const DISK: Look = { glyph: '◆', word: 'disk', role: 'hardware' };
const INFO: Look = { glyph: '·', word: 'info', role: undefined };

const LOOKS: Readonly<Record<Kind, Look>> = {
  'null-dereference': OOPS,
  'paging-fault': OOPS,
  'general-protection': OOPS,
  'invalid-opcode': OOPS,
  'divide-error': OOPS,
  trap: OOPS,
  'double-fault': OOPS,
  'stack-overflow': OOPS,
  'kernel-bug': BUG,
  'list-corruption': BUG,
  'slab-corruption': BUG,
  'bad-page': BUG,
  refcount: WARN,
  warning: WARN,
  panic: { glyph: '✖', word: 'panic', role: 'fatal' },
  kasan: BUG,
  kmsan: BUG,
  kcsan: WARN,
  kfence: BUG,
  ubsan: WARN,
  kmemleak: WARN,
  lockdep: LOCK,
  'rcu-usage': LOCK,
  'spinlock-debug': LOCK,
  'atomic-context': LOCK,
  'rcu-stall': { glyph: '■', word: 'stall', role: 'hung' },
  'soft-lockup': HUNG,
  'hard-lockup': HUNG,
  'hung-task': HUNG,
  'workqueue-lockup': HUNG,
  'oom-kill': OOM,
  'memcg-oom': OOM,
  'page-allocation-failure': { glyph: '▲', word: 'alloc', role: 'degraded' },
  'hardware-error': HARDWARE,
  nmi: HARDWARE,
  'irq-error': HARDWARE,
  'filesystem-error': DISK,
  'block-error': DISK,
  'netdev-watchdog': { glyph: '▲', word: 'net', role: 'degraded' },
  'resource-leak': WARN,
  'user-fault': INFO,
  sysrq: INFO,
  reboot: { glyph: '·', word: 'boot', role: undefined },
};

export const lookOf = ({ kind }: Pick<Event, 'kind'>): Look => LOOKS[kind];

/** The role of a severity where no kind is at hand. */
export const SEVERITY_ROLES: Readonly<Record<Severity, Role | undefined>> = {
  fatal: 'fatal',
  error: 'fatal',
  warning: 'degraded',
  info: undefined,
};
