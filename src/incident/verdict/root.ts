import { exitText, initExitCode } from '../../decode/exit-code.ts';
import type { Event } from '../../event/event.ts';
import { byKind } from '../../event/kinds.ts';
import { bareSymbol } from '../../signature/bare-symbol.ts';
import { defaultFrames, findCulprit } from '../../signature/culprit.ts';
import { isAssertion, namedDevices, reasonOf } from '../facts.ts';
import { frameIn } from '../frames.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import { CHECKERS, watchedObject } from './checkers.ts';
import { lockRule } from './lock-rules.ts';
import { inFlight, pools } from './pools.ts';
import { code, cpu, inside, isNamed, placed, running, TASK, titled, where, who } from './subject.ts';
import { type Cite, functionText, type Phrase, secondsText } from './words.ts';

/** ` in memcpy, called from driver_xyz_poll`: where a CPU loops, and who wants that; a stack that was cut shows neither. */
export const stuckIn: Phrase = (event, cite) => {
  if (!isNamed(event)) return ' (the log does not show where)';
  const [at, culprit] = [event.at?.symbol, event.culprit?.symbol];
  if (at === undefined || culprit === undefined || bareSymbol(at) === bareSymbol(culprit)) return ` in ${code(event, cite)}`;
  cite('at');
  // a family's name stands for the function itself, and who wants the other CPUs is further out
  if (/^_*smp_call_function|csd_lock_wait/.test(at)) {
    const asker =
      culprit === 'smp_call_function'
        ? findCulprit(defaultFrames(event.at, event.stacks), { title: '', skip: ['stall'] }).frame
        : event.culprit;
    return ` waiting for other CPUs${asker?.symbol === undefined ? '' : `, called from ${functionText(asker)}`} (in ${functionText(event.at)})`;
  }
  return /lock/.test(at)
    ? ` on a lock that ${code(event, cite)} wants (in ${functionText(event.at)})`
    : ` in ${functionText(event.at)}, called from ${code(event, cite)}`;
};
/** What was done with the address: `read from`, `used` where the CPU does not tell. */
const did = ({ fault }: Event, cite: Cite, through: boolean): string => {
  cite('fault.access');
  const verbs = through
    ? { read: 'read through', write: 'wrote through', execute: 'called through' }
    : { read: 'read from', write: 'wrote to', execute: 'jumped to' };
  return fault?.access === undefined ? 'used' : verbs[fault.access];
};
/** ` (0x6b6b6b6b6b6b6b7b, POISON_FREE + 0x10: freed slab object)`: with what the value says by itself, where it says something. */
const address: Phrase = ({ fault }, cite) => {
  if (fault?.address === undefined || fault.address === '0x0') return '';
  cite('fault.address');
  const [hint = ''] = (fault.hint ?? '').split(';');
  const meaning = /^(?!NULL)[A-Z][A-Z0-9_]{3,}(?:\(-?\d+\))?[^(,]*/.exec(hint)?.[0].trimEnd();
  return ` (${fault.address}${meaning === undefined ? '' : `, ${hint.endsWith('(likely)') ? 'probably ' : ''}${meaning}`})`;
};
/** `0x20 to 0x27`: KASAN's shadow of an address near 0 is not mapped; it says which address was meant (kasan_non_canonical_hook()). */
export const kasanNull = ({ fault }: Event): string | undefined => {
  const range = /^null-ptr-deref in range 0x0*([0-9a-f]+)-0x0*([0-9a-f]+)/.exec(fault?.hint ?? '');
  return range === null ? undefined : `0x${range[1]} to 0x${range[2]}`;
};
/** `eth0 could not be removed: 2 references to it are still held` (netdev_wait_allrefs_any()) */
export const heldDevice = ({ details }: Event, cite: Cite): string | undefined => {
  if (typeof details?.device !== 'string' || typeof details.refs !== 'number') return undefined;
  cite('details.device', 'details.refs');
  return `${details.device} could not be removed: ${details.refs} reference${details.refs === 1 ? '' : 's'} to it ${details.refs === 1 ? 'is' : 'are'} still held`;
};
/** arm and arm64 say so with the fault's status; the address itself is good. */
export const isUnaligned = ({ fault }: Event): boolean => /\balignment (?:fault|exception)\b/.test(fault?.cause ?? '');
/** ` (address 0x10)`: the offset of the member that was used. */
const member: Phrase = ({ fault }, cite) => {
  cite('fault.address');
  return fault?.address === undefined || fault.address === '0x0' ? '' : ` (address ${fault.address})`;
};
export const seconds: Phrase = ({ details }, cite) => {
  cite('details.seconds');
  return typeof details?.seconds === 'number' ? ` for ${secondsText(details.seconds)}` : '';
};
/** `, waiting for a mutex that kworker/u8:1[43] likely holds`: the kernel's own word, as it only looked. */
function blocked({ details }: Event, cite: Cite): string {
  const { blockedOn, ownerComm, ownerPid, ownerIs } = details ?? {};
  if (typeof blockedOn !== 'string') return '';
  cite('details.blockedOn', 'details.ownerComm', 'details.ownerPid');
  const owner =
    typeof ownerComm === 'string' ? ` that ${ownerComm}[${ownerPid}] likely ${ownerIs === 'last held' ? 'held last' : 'holds'}` : '';
  return `, waiting for ${/^[aeiou]/.test(blockedOn) ? 'an' : 'a'} ${blockedOn}${owner}`;
}
/** What the log says, at the end of a sentence. */
const quoted = (text: string): string => `"${text.trim().slice(0, 160).replace(/\.+$/, '')}"`;
/** `: "driver_xyz: ring 3 inconsistent"`: what the code that noticed has to say. */
const message: Phrase = ({ details }, cite) => {
  cite('details.message');
  return typeof details?.message === 'string' && details.message !== '' ? `: ${quoted(details.message)}` : '';
};

/** ` at kernel/workqueue.c:4239`: where the check stands, where it has nothing to say itself. */
export const sourceLine: Phrase = ({ details }, cite) => {
  const { file, line, message: said } = details ?? {};
  if (typeof file !== 'string' || typeof line !== 'number' || (typeof said === 'string' && said !== '')) return '';
  cite('details.file', 'details.line');
  return ` at ${file.split('/').slice(-4).join('/')}:${line}`;
};

/** Of the hypervisor, not of a kernel. */
export const isXen = ({ title }: Event): boolean => title.startsWith('Xen panic: ');

/** The freezer gave up: nothing hangs beyond the attempt to sleep (kernel/power/process.c). */
export const notFrozen = ({ title }: Event): boolean => title.startsWith('Freezing of tasks failed');

/** The error code says that something is mapped there (bit 0): the address is no wild one. */
const FORBIDDEN = { read: 'read', write: 'written', execute: 'executed' } as const;
const forbidden: Phrase = (event, cite) => {
  const { access, cause = '' } = event.fault ?? {};
  if (access === undefined || !cause.endsWith('forbids it')) return where(event, cite);
  cite('fault.cause');
  return `, where something is that may not be ${FORBIDDEN[access]}${placed(event, cite)}`;
};

/** Kinds whose title does not say enough; for the others the title is the phrase. */
const phraseOf = byKind<Phrase>({
  'null-dereference': (e, cite) =>
    frameIn(e, /^sysrq_handle_crash$/)
      ? `the kernel was crashed on purpose through SysRq-c${where(e, cite)}`
      : e.fault?.access === 'execute'
        ? `${code(e, cite)} called through a NULL pointer${where(e, cite)}`
        : `${code(e, cite)} ${did(e, cite, true)} a NULL pointer${member(e, cite)}${inside(e, cite)}${where(e, cite)}`,
  'paging-fault': (e, cite) =>
    isUnaligned(e)
      ? `${code(e, cite)} made an unaligned ${e.fault?.access ?? 'access'}${member(e, cite)}${/exception/.test(e.fault?.cause ?? '') ? ' by an instruction that cannot make it' : ', which memory of devices does not allow'}${inside(e, cite)}${where(e, cite)}`
      : `${code(e, cite)} ${did(e, cite, false)} a bad address${`${address(e, cite)}${inside(e, cite)}`.replace(') (', ', ')}${forbidden(e, cite)}`,
  'general-protection': (e, cite) => `${code(e, cite)} ${generalProtection(e, cite)}${where(e, cite)}`,
  'kernel-bug': (e, cite) =>
    `${isAssertion(e) ? 'an assertion' : 'a BUG check'} failed in ${code(e, cite)}${sourceLine(e, cite)}${where(e, cite)}${message(e, cite)}`,
  'stack-overflow': (e, cite) => `${code(e, cite)} ran the kernel stack over${where(e, cite)}`,
  warning: (e, cite) => {
    if (e.title.startsWith('stack trace in ')) return `a stack was dumped in ${code(e, cite)}${where(e, cite)}${message(e, cite)}`;
    const object = watchedObject(e, cite);
    if (object !== undefined) return `${code(e, cite)} ${object}${where(e, cite)}`;
    return `a check failed in ${code(e, cite)}${sourceLine(e, cite)}${where(e, cite)}${message(e, cite)}`;
  },
  'list-corruption': (e, cite) => `${code(e, cite)} met a broken list${where(e, cite)}${message(e, cite)}`,
  ubsan: (e, cite) => `${titled(e, cite)}${message(e, cite)}`,
  ...CHECKERS,
  stuck: (e, cite) => `${cpu(e, cite)} was stuck${seconds(e, cite)}${stuckIn(e, cite)}${running(e, cite)}`,
  'hard-lockup': (e, cite) => `${cpu(e, cite)} was stuck with interrupts off${stuckIn(e, cite)}${running(e, cite)}`,
  'rcu-stall': (e, cite) =>
    isNamed(e)
      ? `RCU made no progress, held up${stuckIn(e, cite)}${where(e, cite)}`
      : `RCU made no progress${stalled(e, cite)}${starved(e, cite)}`,
  'hung-task': (e, cite) =>
    notFrozen(e)
      ? `suspend failed, as ${who(e, cite) || 'a task'} did not freeze${seconds(e, cite)} in ${code(e, cite)}`
      : `${who(e, cite) || 'a task'} hung${seconds(e, cite)} in ${code(e, cite)}${blocked(e, cite)}`,
  'workqueue-lockup': (e, cite) => `${pools(e, cite)} made no progress${seconds(e, cite)}${inFlight(e, cite)}${where(e, cite)}`,
  'resource-leak': (e, cite) => heldDevice(e, cite) ?? titled(e, cite),
  'atomic-context': atomic,
  lockdep: lockRule,
  panic: (e, cite) => {
    cite('details.reason');
    const reason = reasonOf(e);
    if (isXen(e)) return `the Xen hypervisor panicked${where(e, cite)}: ${quoted(reason)}`;
    const known = panicReason(reason)?.says;
    // the reason ends before the function that it names
    const said = `${reason.trim()}${/ in$/.test(reason) && e.culprit?.symbol !== undefined ? ` ${code(e, cite)}` : ''}`;
    // a setting is named with the report that it made fatal; here there is none
    if (known === undefined) return `the kernel panicked${where(e, cite)}: ${quoted(said)}`;
    const [, lead = known, rest = ''] = /^(the kernel panicked)([, ].*)$/.exec(known) ?? [];
    // no report says which error
    const why = rest.replace('on the hardware error', 'on a hardware error');
    const init = initExitCode(reason);
    if (init !== undefined) return `${lead}${where(e, cite)}${why} (${exitText(init)})`;
    const at = / in an NMI\b/.test(why) ? where(e, cite).replace(/ in an NMI\b/, '') : where(e, cite);
    return `${lead}${at}${why} (${quoted(said)})${/SError/.test(reason) && isNamed(e) ? `, while ${code(e, cite)} ran` : ''}`;
  },
  nmi: (e, cite) =>
    `${isOfChipset(e, cite) ? 'the chipset raised an NMI' : 'an NMI that nobody claimed arrived'} (${e.title})${where(e, cite)}`,
  'hardware-error': (e, cite) => `${withTask(e, cite, e.title)}${at(e, cite)}${leftOver(e, cite)}${outcome(e, cite)}`,
  'filesystem-error': (e, cite) => onDevice(e, cite, 'the file system'),
  'block-error': (e, cite) => onDevice(e, cite, 'I/O'),
  'netdev-watchdog': (e, cite) => onDevice(e, cite, 'transmission'),
  'user-fault': (e, cite) =>
    `${who(e, cite) || 'a program'} died of its own fault${e.task?.cpu === undefined ? '' : ` on ${cpu(e, cite)}`} (${e.title.replace(/ in \S+$/, '')})`,
  sysrq: (e, cite) => `somebody used SysRq (${e.title.replace(/^sysrq: /i, '')})${where(e, cite)}`,
  reboot: () => 'the machine restarted without shutting down first',
});

/** Bits of port 61h say that the bus or the memory raised it (arch/x86/kernel/nmi.c pci_serr_error(), io_check_error()). */
function isOfChipset({ details }: Event, cite: Cite): boolean {
  if (details?.pciSystemError !== true && details?.ioCheck !== true) return false;
  cite('details.reason');
  return true;
}

/** Code in atomic context must not sleep; with preemption on, a task may move away from the CPU whose number it has just read. */
function atomic(event: Event, cite: Cite): string {
  const what = code(event, cite);
  const at = where(event, cite);
  // an interrupt is atomic by itself
  const context = / context\b/.test(at) ? '' : ' in atomic context';
  if (event.title.startsWith('BUG: sleeping function'))
    return `${what} called a function that may sleep${context && `,${context}`}${held(event, cite)}${at}`;
  if (event.title.startsWith('BUG: scheduling while atomic')) return `${what} went to sleep${context}${held(event, cite)}${at}`;
  const using = /^BUG: using (.*?) in preemptible/.exec(event.title)?.[1];
  return using === undefined ? titled(event, cite) : `${what} used ${using} with preemption on${where(event, cite)}`;
}

/** `, holding &driver_xyz_lock`: the lock that was taken last. */
function held({ locks = [] }: Event, cite: Cite): string {
  const at = locks.findLastIndex(({ name }) => name !== undefined);
  if (at < 0) return '';
  cite(`locks.${at}`);
  return `, holding ${locks[at]?.name}`;
}

/** ` on CPUs 1, 3`: the CPUs that did not report. */
function stalled({ details, task }: Event, cite: Cite): string {
  const cpus = Array.isArray(details?.cpus) ? details.cpus.filter((n) => typeof n === 'number') : [];
  if (cpus.length === 0) return task?.cpu === undefined ? '' : ` on CPU ${task.cpu}`;
  cite('details.cpus');
  return ` on ${cpus.length === 1 ? 'CPU' : 'CPUs'} ${cpus.slice(0, 8).join(', ')}${cpus.length > 8 ? '…' : ''}`;
}

/** Why, where no CPU shows it: RCU's thread itself was not run (kernel/rcu/tree_stall.h rcu_check_gp_kthread_starvation() and its timer's). */
export function starved({ details }: Event, cite: Cite): string {
  if (typeof details?.kthreadTimerLateJiffies === 'number') {
    cite('details.kthreadTimerLateJiffies');
    return ', as the timer that wakes its thread did not fire';
  }
  if (typeof details?.kthreadStarvedJiffies !== 'number') return '';
  cite('details.kthreadStarvedJiffies');
  return ', as its thread got no CPU';
}

/** `GPU HANG in firefox[3112]`: a title that ends with the task has its number behind it; of others the task and CPU follow. */
export function withTask(event: Event, cite: Cite, title: string): string {
  const { comm, pid } = event.task ?? {};
  // a module of memory is no matter of the CPU that read its bank
  if (/memory error/.test(title) && comm === undefined) return title;
  if (comm === undefined || pid === undefined || !title.endsWith(` ${comm}`)) return `${title}${where(event, cite)}`;
  cite(...TASK);
  return `${title}[${pid}]`;
}

/** Seconds after the start in which the banks are read for the first time. */
const FIRST_POLL = 60;

/** machine_check_poll() stamps what it finds, but for what it finds at boot (arch/x86/kernel/cpu/mce/core.c, MCP_TIMESTAMP). */
export function leftOver({ details, uptime }: Event, cite: Cite): string {
  if (details?.tsc !== '0x0' || details.bank === undefined || uptime === undefined || uptime > FIRST_POLL) return '';
  cite('details.tsc');
  return ', left from before this boot';
}

/** The part that reported: a bus address, a port, a controller. */
function at(event: Event, cite: Cite): string {
  const device = event.details?.device;
  if (typeof device !== 'string' || device === '') return '';
  cite('details.device');
  return `${event.title.includes(device) ? '' : ` on ${device}`}${drivenBy(event, cite)}`;
}

/** ` (i915)`: the driver that says so, where neither the title nor the device names it. */
export function drivenBy({ details, title }: Event, cite: Cite): string {
  const { device, driver } = details ?? {};
  if (typeof device !== 'string' || typeof driver !== 'string' || title.includes(driver) || device.includes(driver)) return '';
  cite('details.driver');
  return ` (${driver})`;
}

function onDevice(event: Event, cite: Cite, what: string): string {
  const devices = namedDevices(event);
  cite(...devices.values());
  const names = [...devices.keys()].filter((name) => !event.title.includes(name));
  const on = names.length > 0 ? ` on ${names.slice(0, 2).join(', ')}` : '';
  const text = /\b(?:error|fail)/i.test(event.title)
    ? `${event.title}${on === '' ? '' : `,${on}`}`
    : event.severity === 'info'
      ? `${event.title}${on === '' ? '' : `,${on}`}`
      : `${what} ${event.severity === 'warning' ? 'warned' : 'failed'}${on} (${event.title})`;
  return `${text}${outcome(event, cite)}`;
}

/** How it ended, where the title does not say it. */
function outcome({ details, title }: Event, cite: Cite): string {
  cite('details.outcome');
  // libata's handler is done with the port; what could not be read stays unread
  const unread = /media error|\bUNC\b|\bIDNF\b/.test(`${title} ${String(details?.errors ?? '')}`);
  if (details?.outcome === 'recovered' && !unread && !/correct|recover|polled|fixed/.test(title))
    return ', from which its error handler recovered';
  if (details?.outcome === 'gone' && !/disabl|remov|offline|dead|died|gone|giving up|lost|shut|fallen off|unable to|killing/i.test(title))
    return ', and the kernel gave it up';
  return '';
}

/** ` (probably RAX holds LIST_POISON2: …)` */
const registerHint: Phrase = ({ fault }, cite) => {
  if (fault?.hint === undefined) return '';
  cite('fault.hint');
  return ` (probably ${fault.hint.replace(/ \(likely\)$/, '')})`;
};

/** The error code of a general protection fault is a selector or 0; since 5.5 the kernel decodes the instruction and names the address. */
const generalProtection: Phrase = (event, cite) => {
  const meant = kasanNull(event);
  if (meant !== undefined) {
    cite('fault.hint');
    return `used a NULL pointer (address ${meant})`;
  }
  return event.fault?.address === undefined
    ? `met a general protection fault${registerHint(event, cite)}`
    : `used an address that cannot be one${`${address(event, cite)}${inside(event, cite)}`.replace(') (', ', ')}: a general protection fault`;
};

/** What began an incident, as the beginning of a sentence, and the fields that it names. An out-of-memory report has a verdict of its own. */
export function rootPhrase(event: Event): { readonly text: string; readonly cites: readonly string[] } {
  const cites: string[] = [];
  return { text: phrase(event, (...paths) => cites.push(...paths)), cites };
}

const phrase: Phrase = (event, cite) => {
  const memory = event.oom?.cause?.verdict;
  if (memory !== undefined && memory !== '') {
    return event.kind === 'page-allocation-failure' && event.culprit !== undefined
      ? `${memory}; the request came from ${code(event, cite)}`
      : memory;
  }
  return (phraseOf(event.kind) ?? titled)(event, cite);
};
