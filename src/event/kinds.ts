/** What the fleet's table calls a kind, and `--kind oops` stands for; in the order in which they are listed. */
export const FAMILIES = ['oops', 'panic', 'hung', 'oom', 'corrupt', 'lock', 'warn', 'hw', 'other'] as const;
export type KindFamily = (typeof FAMILIES)[number];

/** What kinds of several families have in common, for rules that mean all of them. */
export const GROUPS = {
  death: 'die() or its like ran: the task cannot go on. A broken list dies by BUG(), where CONFIG_BUG_ON_DATA_CORRUPTION is set',
  halt: 'the machine stops, whatever is set',
  complaint: 'the kernel noticed something wrong and went on, unless panic_on_warn is set',
  corruption: 'memory holds what nobody may have written there, or is used by whom it does not belong to',
  'found-later': 'a broken object that was met long after the write',
  sanitizer: 'an instrumented access, with the object or the other access beside it',
  'preempt-check': 'a check that fails where the preempt count is wrong',
  'deadlock-check': 'a check that fails before or instead of a deadlock',
  stuck: 'a CPU that does not schedule',
  blocked: 'tasks or work that wait while the CPUs go on',
  'oom-killer': 'a process was killed for its memory',
  hardware: 'the machine below the kernel: errors, NMIs, interrupts',
  disk: 'a disk or what lies on it',
  unsigned: 'stack and title do not tell one cause from another: what repeats is told by the task, CPU, program, cgroup or device',
} as const;
export type Group = keyof typeof GROUPS;

interface Row {
  readonly kind: string;
  /** The kernel itself went wrong (contract "kind"): no device, no user program, no operator did it. */
  readonly crash: boolean;
  readonly family: KindFamily;
  readonly groups: readonly Group[];
}

/**
 * Every kind of event, once, in the contract's order: the schema's enum, `--kind`, `--fail-on`, the rules of incidents, the fleet's
 * families and the dashboard's defaults all read this table. A new kind is a row here.
 */
const TABLE = [
  { kind: 'null-dereference', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'paging-fault', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'general-protection', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'invalid-opcode', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'divide-error', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'trap', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'double-fault', crash: true, family: 'oops', groups: ['death', 'halt'] },
  { kind: 'stack-overflow', crash: true, family: 'oops', groups: ['death', 'halt'] },
  { kind: 'kernel-bug', crash: true, family: 'oops', groups: ['death'] },
  { kind: 'list-corruption', crash: true, family: 'corrupt', groups: ['death', 'complaint', 'corruption', 'found-later'] },
  { kind: 'slab-corruption', crash: true, family: 'corrupt', groups: ['complaint', 'corruption', 'found-later'] },
  { kind: 'bad-page', crash: true, family: 'corrupt', groups: ['complaint', 'corruption', 'found-later'] },
  { kind: 'refcount', crash: true, family: 'warn', groups: ['complaint', 'corruption'] },
  { kind: 'warning', crash: true, family: 'warn', groups: ['complaint', 'preempt-check'] },
  { kind: 'panic', crash: true, family: 'panic', groups: ['halt', 'unsigned'] },
  { kind: 'kasan', crash: true, family: 'corrupt', groups: ['complaint', 'corruption', 'sanitizer'] },
  { kind: 'kmsan', crash: true, family: 'corrupt', groups: ['complaint', 'sanitizer'] },
  { kind: 'kcsan', crash: true, family: 'warn', groups: ['complaint', 'sanitizer'] },
  { kind: 'kfence', crash: true, family: 'corrupt', groups: ['complaint', 'corruption', 'sanitizer'] },
  { kind: 'ubsan', crash: true, family: 'warn', groups: ['complaint', 'sanitizer'] },
  { kind: 'kmemleak', crash: true, family: 'warn', groups: ['sanitizer'] },
  { kind: 'lockdep', crash: true, family: 'lock', groups: ['complaint', 'deadlock-check'] },
  { kind: 'rcu-usage', crash: true, family: 'lock', groups: ['complaint', 'preempt-check'] },
  { kind: 'spinlock-debug', crash: true, family: 'lock', groups: ['complaint', 'deadlock-check'] },
  { kind: 'atomic-context', crash: true, family: 'lock', groups: ['complaint', 'preempt-check', 'deadlock-check'] },
  { kind: 'rcu-stall', crash: true, family: 'hung', groups: ['stuck', 'unsigned'] },
  { kind: 'soft-lockup', crash: true, family: 'hung', groups: ['stuck', 'unsigned'] },
  { kind: 'hard-lockup', crash: true, family: 'hung', groups: ['stuck', 'unsigned'] },
  { kind: 'csd-lockup', crash: true, family: 'hung', groups: ['stuck', 'unsigned'] },
  { kind: 'hung-task', crash: true, family: 'hung', groups: ['blocked', 'unsigned'] },
  { kind: 'workqueue-lockup', crash: true, family: 'hung', groups: ['blocked'] },
  { kind: 'oom-kill', crash: true, family: 'oom', groups: ['oom-killer', 'unsigned'] },
  { kind: 'memcg-oom', crash: true, family: 'oom', groups: ['oom-killer', 'unsigned'] },
  { kind: 'page-allocation-failure', crash: true, family: 'oom', groups: [] },
  { kind: 'hardware-error', crash: false, family: 'hw', groups: ['hardware', 'unsigned'] },
  { kind: 'nmi', crash: false, family: 'hw', groups: ['hardware', 'unsigned'] },
  { kind: 'irq-error', crash: false, family: 'hw', groups: ['hardware'] },
  { kind: 'filesystem-error', crash: false, family: 'hw', groups: ['disk'] },
  { kind: 'block-error', crash: false, family: 'hw', groups: ['disk'] },
  { kind: 'netdev-watchdog', crash: false, family: 'hw', groups: [] },
  { kind: 'resource-leak', crash: true, family: 'warn', groups: [] },
  { kind: 'user-fault', crash: false, family: 'other', groups: ['unsigned'] },
  { kind: 'sysrq', crash: false, family: 'other', groups: ['unsigned'] },
  { kind: 'reboot', crash: false, family: 'other', groups: ['unsigned'] },
] as const satisfies readonly Row[];

/** A kind of event, as `Event.kind` and the `--kind` option name it. */
export type Kind = (typeof TABLE)[number]['kind'];

/** One kind, the kinds of a family, or those of a group. */
export type KindName = Kind | KindFamily | Group;

/** All kinds in the contract's order. */
export const KINDS: readonly Kind[] = TABLE.map(({ kind }) => kind);

const ROWS = new Map<string, Row>(TABLE.map((row) => [row.kind, row]));
const rowOf = (kind: Kind): Row => ROWS.get(kind) as Row;

/** Whether the name is one of {@link KINDS}. */
export const isKind = (name: string): name is Kind => ROWS.has(name);

/** Whether the kind is a crash kind of the contract. */
export const isCrashKind = (kind: Kind): boolean => rowOf(kind).crash;

export const familyOf = (kind: Kind): KindFamily => rowOf(kind).family;

/** What a kind is called, the narrowest first: itself, its groups, its family. */
const namesOf = (kind: Kind): readonly KindName[] => [kind, ...rowOf(kind).groups, familyOf(kind)];

const NAMED = new Map<KindName, Set<Kind>>();
for (const kind of KINDS) for (const name of namesOf(kind)) NAMED.set(name, (NAMED.get(name) ?? new Set()).add(kind));

/** The kinds that go by one of the names, each once. */
export const kindsOf = (names: readonly KindName[]): Kind[] => [...new Set(names.flatMap((name) => [...(NAMED.get(name) ?? [])]))];

/** Whether the kind goes by one of the names. */
export const isKindOf = (kind: Kind, ...names: readonly KindName[]): boolean => names.some((name) => NAMED.get(name)?.has(kind) === true);

/**
 * What a table says of a kind: the entry of its own, else that of its first group that has one, else its family's. So a new kind needs
 * no line in a table that has all families.
 */
export function byKind<T>(table: Readonly<Record<KindFamily, T> & Partial<Record<KindName, T>>>): (kind: Kind) => T;
export function byKind<T>(table: Readonly<Partial<Record<KindName, T>>>): (kind: Kind) => T | undefined;
export function byKind<T>(table: Readonly<Partial<Record<KindName, T>>>): (kind: Kind) => T | undefined {
  return (kind) => {
    const name = namesOf(kind).find((each) => table[each] !== undefined);
    return name === undefined ? undefined : table[name];
  };
}

/** Severities, worst first. */
export const SEVERITIES = ['fatal', 'error', 'warning', 'info'] as const;

/** How bad it was; the contract says what each means. */
export type Severity = (typeof SEVERITIES)[number];

/** Contexts a stack can belong to. */
export const STACK_CONTEXTS = ['task', 'irq', 'softirq', 'nmi', 'exception'] as const;
