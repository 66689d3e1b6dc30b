import type { Event } from '../../event/event.ts';
import { byKind } from '../../event/kinds.ts';
import { devicesOf, reasonOf } from '../facts.ts';
import { isIn } from '../frames.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import { functionText, secondsText, taskText, whereText } from './words.ts';

type Phrase = (event: Event) => string;

/** A bare address names no code. */
const code = ({ culprit, at }: Event): string => functionText([culprit, at].find((f) => f?.symbol !== undefined)) ?? 'some kernel code';
/** Where the CPU was, when that is not the function to blame: a helper called by it. */
const inside = (event: Event): string => {
  const [at, culprit] = [event.at?.symbol, event.culprit?.symbol];
  return at !== undefined && culprit !== undefined && at !== culprit ? ` (in ${functionText(event.at)})` : '';
};
/** What was done with the address: `read from`, `used` where the CPU does not tell. */
const did = ({ fault }: Event, through: boolean): string => {
  const verbs = through
    ? { read: 'read through', write: 'wrote through', execute: 'called through' }
    : { read: 'read from', write: 'wrote to', execute: 'jumped to' };
  return fault?.access === undefined ? 'used' : verbs[fault.access];
};
/** ` (0x6b6b6b6b6b6b6b7b, POISON_FREE + 0x10: freed slab object)`: with what the value says by itself, where it says something. */
const address = ({ fault }: Event): string => {
  if (fault?.address === undefined || fault.address === '0x0') return '';
  const [hint = ''] = (fault.hint ?? '').split(';');
  const meaning = /^(?!NULL)[A-Z][A-Z0-9_]{3,}(?:\(-?\d+\))?[^(,]*/.exec(hint)?.[0].trimEnd();
  return ` (${fault.address}${meaning === undefined ? '' : `, ${hint.endsWith('(likely)') ? 'probably ' : ''}${meaning}`})`;
};
/** ` (address 0x10)`: the offset of the member that was used. */
const member = ({ fault }: Event): string => (fault?.address === undefined || fault.address === '0x0' ? '' : ` (address ${fault.address})`);
const seconds = ({ details }: Event): string => (typeof details?.seconds === 'number' ? ` for ${secondsText(details.seconds)}` : '');
const where = (event: Event): string => {
  const text = whereText(event);
  return text === '' ? '' : ` ${text}`;
};
const running = (event: Event): string => (taskText(event) === undefined ? '' : `, running ${taskText(event)}`);
/** `, waiting for a mutex that kworker/u8:1[43] likely holds`: as the kernel says it, which only looked. */
function blocked({ details }: Event): string {
  const { blockedOn, ownerComm, ownerPid, ownerIs } = details ?? {};
  if (typeof blockedOn !== 'string') return '';
  const owner =
    typeof ownerComm === 'string' ? ` that ${ownerComm}[${ownerPid}] likely ${ownerIs === 'last held' ? 'held last' : 'holds'}` : '';
  return `, waiting for ${/^[aeiou]/.test(blockedOn) ? 'an' : 'a'} ${blockedOn}${owner}`;
}
/** What the log says, at the end of a sentence. */
const quoted = (text: string): string => `"${text.trim().slice(0, 160).replace(/\.+$/, '')}"`;
/** A title without its prefix, as part of a sentence. */
const titled: Phrase = (event) =>
  `${/^[a-z]+ /.test(event.title) ? event.title.charAt(0).toUpperCase() : event.title.charAt(0)}${event.title.slice(1)}${where(event)}`;

/** Kinds whose title does not say enough; who has no entry is told by its title. */
const phraseOf = byKind<Phrase>({
  'null-dereference': (e) =>
    isIn(e, /^sysrq_handle_crash$/)
      ? `the kernel was crashed on purpose through SysRq-c${where(e)}`
      : e.fault?.access === 'execute'
        ? `${code(e)} called through a NULL pointer${where(e)}`
        : `${code(e)} ${did(e, true)} a NULL pointer${member(e)}${inside(e)}${where(e)}`,
  'paging-fault': (e) => `${code(e)} ${did(e, false)} a bad address${address(e)}${inside(e)}${where(e)}`,
  'general-protection': (e) => `${code(e)} ${generalProtection(e)}${where(e)}`,
  'kernel-bug': (e) => `a BUG check failed in ${code(e)}${where(e)}`,
  'stack-overflow': (e) => `${code(e)} ran the kernel stack over${where(e)}`,
  warning: (e) => {
    const message = typeof e.details?.message === 'string' && e.details.message !== '' ? `: ${quoted(e.details.message)}` : '';
    return `a check failed in ${code(e)}${where(e)}${message}`;
  },
  stuck: (e) => `CPU ${e.task?.cpu ?? '?'} was stuck${seconds(e)} in ${code(e)}${running(e)}`,
  'hard-lockup': (e) => `CPU ${e.task?.cpu ?? '?'} was stuck with interrupts off in ${code(e)}${running(e)}`,
  'rcu-stall': (e) => `RCU made no progress, held up in ${code(e)}${where(e)}`,
  'hung-task': (e) => `${taskText(e) ?? 'a task'} hung${seconds(e)} in ${code(e)}${blocked(e)}`,
  'workqueue-lockup': (e) => `a workqueue made no progress${seconds(e)}${where(e)}`,
  'atomic-context': (e) => `${code(e)} did what its context forbids${where(e)} (${e.title})`,
  lockdep: (e) => `lockdep: ${e.title}${where(e)}`,
  panic: (e) => {
    const reason = reasonOf(e);
    const known = panicReason(reason)?.says;
    // the reason ends before the function that it names
    const said = `${reason.trim()}${/ in$/.test(reason) && e.culprit?.symbol !== undefined ? ` ${code(e)}` : ''}`;
    // a setting is told with what it made fatal; here nothing was reported before
    return known === undefined ? `the kernel panicked${where(e)}: ${quoted(said)}` : `${known}${where(e)} (${quoted(said)})`;
  },
  nmi: (e) => `an NMI that nobody claimed arrived (${e.title})${where(e)}`,
  'hardware-error': (e) =>
    `the hardware ${e.severity === 'warning' || e.severity === 'info' ? 'warned' : 'reported an error'}${at(e)} (${e.title})${where(e)}${outcome(e)}`,
  'filesystem-error': (e) => onDevice(e, 'the file system'),
  'block-error': (e) => onDevice(e, 'I/O'),
  'netdev-watchdog': (e) => onDevice(e, 'transmission'),
  'user-fault': (e) =>
    `${taskText(e) ?? 'a program'} died of its own fault${e.task?.cpu === undefined ? '' : ` on CPU ${e.task.cpu}`} (${e.title.replace(/ in \S+$/, '')})`,
  sysrq: (e) => `somebody used SysRq (${e.title.replace(/^sysrq: /i, '')})${where(e)}`,
  reboot: () => 'the machine started anew without a goodbye',
});

/** The part that reported: a bus address, a port, a controller. */
function at({ details, title }: Event): string {
  const device = details?.device;
  return typeof device !== 'string' || device === '' || title.includes(device) ? '' : ` at ${device}`;
}

function onDevice(event: Event, what: string): string {
  const names = [...devicesOf(event)].filter((name) => !event.title.includes(name));
  const on = names.length > 0 ? ` on ${names.slice(0, 2).join(', ')}` : '';
  const text = /\b(?:error|fail)/i.test(event.title)
    ? `${event.title}${on === '' ? '' : `,${on}`}`
    : `${what} ${event.severity === 'warning' ? 'warned' : 'failed'}${on} (${event.title})`;
  return `${text}${outcome(event)}`;
}

/** How it ended, where the title does not say it. */
function outcome({ details, title }: Event): string {
  if (details?.outcome === 'recovered' && !/correct|recover|polled|fixed/.test(title)) return ', from which its error handler recovered';
  if (details?.outcome === 'gone' && !/disabl|remov|offline|dead|gone|giving up|lost|shut/i.test(title))
    return ', and the kernel gave it up';
  return '';
}

/** The error code of a general protection fault is a selector, where it is one; an address is told by decoding since 5.5. */
const generalProtection = (event: Event): string =>
  event.fault?.address === undefined
    ? 'met a general protection fault'
    : `used an address that cannot be one${address(event)}: a general protection fault`;

/** What began an incident, as the beginning of a sentence. An out-of-memory report has a verdict of its own. */
export function rootPhrase(event: Event): string {
  const memory = event.oom?.cause?.verdict;
  if (memory !== undefined && memory !== '') {
    return event.kind === 'page-allocation-failure' && event.culprit !== undefined
      ? `${memory}; the request came from ${code(event)}`
      : memory;
  }
  return (phraseOf(event.kind) ?? titled)(event);
}
