import type { Event, Kind } from '../../event/event.ts';
import { devicesOf, reasonOf } from '../facts.ts';
import { isIn } from '../frames.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import { functionText, secondsText, taskText, whereText } from './words.ts';

type Phrase = (event: Event) => string;

const code = (event: Event): string => functionText(event.culprit ?? event.at) ?? 'kernel code';
/** Where the CPU was, when that is not the function to blame: a helper called by it. */
const inside = (event: Event): string => {
  const [at, culprit] = [event.at?.symbol, event.culprit?.symbol];
  return at !== undefined && culprit !== undefined && at !== culprit ? ` (in ${functionText(event.at)})` : '';
};
const verb = ({ fault }: Event): string =>
  fault?.access === 'write' ? 'wrote' : fault?.access === 'execute' ? 'jumped' : fault?.access === 'read' ? 'read' : 'went';
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
/** A title without its prefix, as part of a sentence. */
const titled: Phrase = (event) => `${event.title}${where(event)}`;

const PHRASES: Partial<Record<Kind, Phrase>> = {
  'null-dereference': (e) =>
    isIn(e, /^sysrq_handle_crash$/)
      ? `the kernel was crashed on purpose through SysRq-c${where(e)}`
      : e.fault?.access === 'execute'
        ? `${code(e)} called through a NULL pointer${where(e)}`
        : `${code(e)} ${verb(e)} through a NULL pointer${e.fault?.address === undefined || e.fault.address === '0x0' ? '' : ` (address ${e.fault.address})`}${inside(e)}${where(e)}`,
  'paging-fault': (e) =>
    `${code(e)} ${e.fault?.access === 'execute' ? 'jumped to' : `${verb(e)} ${e.fault?.access === 'write' ? 'to' : 'from'}`} a bad address${e.fault?.address === undefined ? '' : ` (${e.fault.address})`}${inside(e)}${where(e)}`,
  'general-protection': (e) =>
    `${code(e)} used an address that cannot be one${e.fault?.address === undefined ? '' : ` (${e.fault.address})`}: a general protection fault${where(e)}`,
  'kernel-bug': (e) => `a BUG check failed in ${code(e)}${where(e)}`,
  'stack-overflow': (e) => `${code(e)} ran the kernel stack over${where(e)}`,
  warning: (e) => {
    const message = typeof e.details?.message === 'string' && e.details.message !== '' ? `: ${e.details.message.slice(0, 160)}` : '';
    return `a check failed in ${code(e)}${where(e)}${message}, the kernel went on`;
  },
  'soft-lockup': (e) => `CPU ${e.task?.cpu ?? '?'} was stuck${seconds(e)} in ${code(e)}${running(e)}`,
  'hard-lockup': (e) => `CPU ${e.task?.cpu ?? '?'} was stuck with interrupts off in ${code(e)}${running(e)}`,
  'rcu-stall': (e) => `RCU made no progress, held up in ${code(e)}${where(e)}`,
  'hung-task': (e) => `${taskText(e) ?? 'a task'} hung${seconds(e)} in ${code(e)}${blocked(e)}`,
  'workqueue-lockup': (e) => `a workqueue made no progress${seconds(e)}${where(e)}`,
  'atomic-context': (e) => `${code(e)} may not do what it did in atomic context (${e.title})${where(e)}`,
  lockdep: (e) => `lockdep: ${e.title}${where(e)}`,
  panic: (e) => {
    const reason = reasonOf(e);
    const known = panicReason(reason)?.says ?? 'the kernel panicked';
    // a setting is told with what it made fatal; here nothing was reported before
    return `${known} (${reason.trim().slice(0, 160)})${where(e)}`;
  },
  nmi: (e) => `an NMI that nobody claimed arrived (${e.title})${where(e)}`,
  'hardware-error': (e) => `the hardware reported an error (${e.title})${where(e)}`,
  'filesystem-error': (e) => onDevice(e, 'the file system'),
  'block-error': (e) => onDevice(e, 'I/O'),
  'netdev-watchdog': (e) => onDevice(e, 'transmission'),
  'user-fault': (e) => `a program was ended by its own fault (${e.title})${where(e)}`,
  sysrq: (e) => `somebody used SysRq (${e.title.replace(/^sysrq: /i, '')})${where(e)}`,
  reboot: () => 'the machine started anew without a goodbye',
};

function onDevice(event: Event, what: string): string {
  const names = [...devicesOf(event)].filter((name) => !event.title.includes(name));
  return `${what} failed${names.length > 0 ? ` on ${names.slice(0, 2).join(', ')}` : ''} (${event.title})`;
}

/** What began an incident, as the beginning of a sentence. An out-of-memory report has a verdict of its own. */
export function rootPhrase(event: Event): string {
  const memory = event.oom?.cause?.verdict;
  if (memory !== undefined && memory !== '') {
    return event.kind === 'page-allocation-failure' && event.culprit !== undefined ? `${memory}; asked for by ${code(event)}` : memory;
  }
  return (PHRASES[event.kind] ?? titled)(event);
}
