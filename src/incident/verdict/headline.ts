import { exitText, initExitCode } from '../../decode/exit-code.ts';
import type { Event } from '../../event/event.ts';
import { byKind, isKindOf } from '../../event/kinds.ts';
import { recordsOfAll } from '../../event/records-of.ts';
import { bareSymbol } from '../../signature/bare-symbol.ts';
import { circleOf } from '../deadlock.ts';
import { beginningOf, isAssertion, namedDevices, reasonOf } from '../facts.ts';
import { frameIn } from '../frames.ts';
import type { Group } from '../group.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import type { Surroundings } from '../surroundings.ts';
import { blamedIn, FREED, referenceHead, watchedObject } from './checkers.ts';
import { costOf } from './cost.ts';
import { livesOn } from './lives-on.ts';
import { oomHeadline } from './oom-headline.ts';
import { inFlight, pools } from './pools.ts';
import {
  drivenBy,
  heldDevice,
  isUnaligned,
  isXen,
  kasanNull,
  leftOver,
  notFrozen,
  seconds,
  sourceLine,
  starved,
  stuckIn,
  withTask,
} from './root.ts';
import { code, cpu, who } from './subject.ts';
import { type Cite, capital, functionText, type Phrase } from './words.ts';

/** Characters of a headline at most: a mail's subject, a line of a list. @tested */
export const HEADLINE_LIMIT = 100;

/** What a tired person reads first, and the records that it rests on. */
export interface Headline {
  readonly text: string;
  readonly evidence: readonly number[];
}

/** What happened, in one line of at most {@link HEADLINE_LIMIT} characters: what broke and where, and what it cost the machine. */
export function headlineOf({ events, links }: Group, terminal: Event, around: Surroundings = {}): Headline {
  const first = beginningOf(events) ?? terminal;
  const cites: string[] = [];
  const cite: Cite = (...paths) => cites.push(...paths);
  const gaveUp = links.find(({ from, rule }) => from === first && rule.name === 'check-then-filesystem')?.to;
  const news = gaveUp && foundAt(titled(gaveUp), first, cite);
  const said = oneLine(deadlocked(events, cite) ?? news ?? (headOf(first.kind) ?? titled)(first, cite));
  const kdump = around.notes?.crashKernel(first.boot);
  const phrase = kdump === undefined ? said : ofCrashKernel(said);
  const goesOn = first === terminal ? livesOn(terminal, around) : undefined;
  const core = capital(goesOn === undefined ? phrase : `a lone line says: ${reasonOf(first).trim()}; the log goes on`);
  const died =
    (first !== terminal && terminal.kind === 'panic' && links.length > 0 && !/on purpose/.test(core)) ||
    terminal.details?.panic !== undefined
      ? '; the kernel panicked'
      : '';
  const cost = died === '' ? costOf(core, gaveUp === undefined ? events : events.slice(events.indexOf(gaveUp)), around) : undefined;
  const text = fitted(core, [died || (cost?.text ?? ''), /^Init \(pid 1\)/i.test(core) ? '' : runningIn(first, core)]);
  const evidence = [
    first.records.first,
    ...(gaveUp === undefined ? [] : [gaveUp.records.first]),
    ...(kdump === undefined ? [] : [kdump]),
    ...recordsOfAll(first, cites),
    ...(died && text.endsWith(died) ? [terminal.records.first] : []),
    ...(cost !== undefined && text.endsWith(cost.text) ? cost.evidence : []),
  ];
  return { text, evidence: [...new Set(evidence)].sort((a, b) => a - b) };
}

/** The core, cut at a word where it is too long, with as many of the others as find room, the first first. */
function fitted(core: string, others: readonly string[]): string {
  if (core.length > HEADLINE_LIMIT)
    return `${core
      .slice(0, HEADLINE_LIMIT - 1)
      .replace(/\s+\S*$/, '')
      .replace(/[\s:,;("]+$/, '')}…`;
  // what comes last in the line may come first in importance
  let [head, tail] = [core, ''];
  for (const [i, other] of others.entries()) {
    if (head.length + tail.length + other.length > HEADLINE_LIMIT) continue;
    if (i === 0) tail = other;
    else head += other;
  }
  return head + tail;
}

/** `, in java[130]`: whose time or whose memory it was, where the line does not say it. */
function runningIn(event: Event, core: string): string {
  if (!isKindOf(event.kind, 'death', 'complaint', 'panic', 'stuck')) return '';
  const name = who(event, () => undefined);
  return name === '' || core.includes(name) ? '' : `, ${isKindOf(event.kind, 'stuck') ? 'running' : 'in'} ${name}`;
}

/** kdump's kernel has little memory, and what fails in it is why there is no dump. */
const ofCrashKernel = (phrase: string): string =>
  phrase.replace(/^the (?:machine|kernel) /i, 'the crash kernel (kdump) ').replace(/and the kernel panicked instead .*/, 'and panicked');

/** A log's words hold line breaks and long runs of blanks. */
const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\s.]+$/, '')
    .trim();

/** A frame with its module: `fault_null [driver_xyz]`; undefined where no symbol is known. */
const place = (event: Event, cite: Cite): string | undefined => {
  if (event.culprit?.symbol === undefined && event.at?.symbol === undefined) return undefined;
  return code(event, cite);
};

/** `NAME in PLACE`, or the name alone. */
const inPlace = (what: string, event: Event, cite: Cite): string => {
  const where = place(event, cite);
  return where === undefined ? what : `${what} in ${where}`;
};

/** A file system that gives up warns where it found why: that is the news, and the check only the place. */
function foundAt(news: string, check: Event, cite: Cite): string {
  const symbol = check.culprit?.symbol;
  return symbol !== undefined && news.includes(symbol) ? news : inPlace(news, check, cite);
}

const ACCESS = { read: 'read', write: 'write', execute: 'jump' } as const;

/** A bad access, by what the address was. */
function access(event: Event, cite: Cite): string {
  const { fault } = event;
  cite('fault.address', 'fault.access', 'fault.hint');
  const hint = fault?.hint ?? '';
  const kind = fault?.access === undefined ? 'access' : ACCESS[fault.access];
  // what the value of a register suggests is a guess, and is said as one
  const named = (what: string): string => inPlace(hint.includes('(likely)') ? `Probable ${what}` : capitalised(what), event, cite);
  if (/POISON_FREE|freed slab|0x6b6b/i.test(hint)) return `${named('use after free')} (poison of a freed object)`;
  if (/LIST_POISON/.test(hint)) return `${named('use of a list entry that was removed')} (LIST_POISON)`;
  if (/POISON_INUSE|uninitiali[sz]ed/i.test(hint)) return `${named('use of uninitialised memory')} (slab poison)`;
  if (/ERR_PTR/.test(hint)) return `${named('error code used as a pointer')}${errno(hint)}`;
  if (isUnaligned(event)) return inPlace(`Unaligned ${kind}`, event, cite);
  if (/guard page|stack/.test(hint) && /guard|overflow/.test(hint)) return named('kernel stack overflow');
  return inPlace(
    `Bad ${kind === 'access' ? 'memory access' : kind === 'jump' ? 'jump' : `${kind}`}${fault?.address === undefined || kind === 'jump' ? '' : ` at ${fault.address}`}`,
    event,
    cite,
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const errno = (hint: string): string => {
  const name = /-(E[A-Z0-9]+)\b/.exec(hint)?.[1];
  return name === undefined ? '' : ` (${name})`;
};

/** `freed by vhost_dev_cleanup`, where the report shows that stack. */
function freedBy(event: Event): string {
  const freed = blamedIn(event, FREED);
  const name = functionText(freed);
  if (freed?.symbol === undefined || name === undefined || bareSymbol(freed.symbol) === bareSymbol(event.culprit?.symbol ?? '')) return '';
  return `, freed by ${name}`;
}

/** KASAN, KFENCE: what its title says, in words. */
function sanitized(event: Event, cite: Cite): string {
  const [, bug = '', how = ''] = /^(?:KASAN|KFENCE|KMSAN): (.*?)(?: (read|write|Read|Write))?(?: in \S+)?$/.exec(event.title) ?? [];
  const doing = how === '' ? '' : ` (${how.toLowerCase()})`;
  if (/use-after-free/.test(bug)) return `${inPlace('Use after free', event, cite)}${doing}${freedBy(event)}`;
  if (/double-free|invalid-free|invalid free/.test(bug))
    return `${inPlace(/double/.test(bug) ? 'Double free' : 'Invalid free', event, cite)}${freedBy(event)}`;
  if (/out-of-bounds/.test(bug))
    return `${inPlace(`${/stack|global|vmalloc/.exec(bug)?.[0] ?? 'Slab'} out of bounds`, event, cite)}${doing}`.replace(/^[a-z]/, (c) =>
      c.toUpperCase(),
    );
  if (/uninit-value/.test(bug)) return inPlace('Use of uninitialised memory', event, cite);
  if (/kernel-infoleak/.test(bug)) return inPlace('Uninitialised kernel memory leaks to user space', event, cite);
  return titled(event, cite);
}

/** The title, as a sentence begins. */
function titled(event: Event, cite: Cite = () => undefined): string {
  if (event.culprit?.symbol !== undefined && event.title.includes(event.culprit.symbol)) cite('culprit');
  const title = event.title.replace(/^(?:BUG|WARNING|INFO|PANIC): (?=\w)/, '').replace(/\.+$/, '');
  const { symbol, module } = event.culprit ?? {};
  const whole =
    symbol !== undefined && module !== undefined && title.endsWith(` in ${bareSymbol(symbol)}`) ? `${title} [${module}]` : title;
  return /^[a-z]+ /.test(whole) ? whole.charAt(0).toUpperCase() + whole.slice(1) : whole;
}

/** An address in memory, of the machine or of a card. */
const isMemory = (name: string): boolean => /^0x/.test(name);
/** Of a SCSI device: host, channel, target and unit. */
const isNumber = (name: string): boolean => /^\d+:\d+:\d+:\d+$/.test(name);

/** ` in P2 DIMMG1`: the module of a memory error, where the firmware names it; `fru` holds other words as well. */
function slotOf({ title, details }: Event, cite: Cite): string {
  const { dimm, fru } = details ?? {};
  if (!/memory error/.test(title)) return '';
  if (typeof dimm === 'string' && dimm !== '') {
    cite('details.dimm');
    return ` in ${dimm}`;
  }
  if (typeof fru !== 'string' || !/^[A-Z]\d{1,2}$|DIMM/.test(fru)) return '';
  cite('details.fru');
  return ` in ${fru}`;
}

/** ` on sda`, where the title does not name it; ` at 0x2f8a1c4c00`. */
function onDevice(event: Event, cite: Cite): string {
  const devices = namedDevices(event);
  cite(...devices.values());
  const { server } = event.details ?? {};
  if (typeof server === 'string' && !event.title.includes(server))
    return titled(event, cite).replace(/\bserver\b|$/, (word) => `${word || ' on'} ${server}`);
  const plain = titled(event, cite);
  const title = event.kind === 'hardware-error' ? withTask(event, cite, plain) : plain;
  const { member } = event.details ?? {};
  const path = typeof member === 'string' && / path$/.test(title) ? ` ${member}` : '';
  const names = [...devices.keys()].filter((name) => !event.title.includes(name) && (path === '' || name !== member));
  // once the device is named, its number on the bus adds nothing
  const known = [...devices.keys()].some((name) => event.title.includes(name)) || names.some((name) => !isNumber(name));
  const on = names.filter((name) => !isMemory(name) && !(known && isNumber(name))).slice(0, 2);
  const where = /IOMMU|[Mm]emory|Machine check/.test(title) ? names.find(isMemory) : undefined;
  const driver = event.kind === 'hardware-error' && on.length > 0 ? drivenBy(event, cite) : '';
  return `${title}${path}${slotOf(event, cite)}${on.length > 0 ? ` on ${on.join(', ')}` : ''}${driver}${where === undefined ? '' : ` at ${where}`}${leftOver(event, cite)}`;
}

/** What the code that noticed has to say. */
const message = ({ details }: Event, cite: Cite): string => {
  cite('details.message');
  return typeof details?.message === 'string' && details.message !== '' ? `: ${details.message.trim().replace(/\.+$/, '')}` : '';
};

/** panic(): where, or what it was called with. */
function panicked(event: Event, cite: Cite): string {
  cite('details.reason');
  const reason = reasonOf(event).trim();
  if (isXen(event)) return `the Xen hypervisor panicked: ${reason}`;
  const where = place(event, cite);
  if (event.oom !== undefined) return oomHeadline(event, cite);
  const init = initExitCode(reason);
  if (init !== undefined) return `Init (pid 1) died, ${exitText(init)}: the kernel panicked`;
  if (/^stack-protector:/.test(reason)) return `${inPlace('Stack canary overwritten', event, cite)}: the kernel panicked`;
  const policy = panicReason(reason)?.policy;
  if (policy === 'panic_on_oom') return 'the machine ran out of memory, and the kernel panicked instead of killing (panic_on_oom)';
  if (where !== undefined && !reason.includes(event.culprit?.symbol ?? '\0'))
    return `the kernel panicked in ${where}${policy === undefined ? `: ${reason}` : ` (${policy})`}`;
  return `the kernel panicked: ${reason}`;
}

const headOf = byKind<Phrase>({
  'null-dereference': (e, cite) =>
    frameIn(e, /^sysrq_handle_crash$/) !== undefined
      ? 'the kernel was crashed on purpose through SysRq-c'
      : inPlace(
          `NULL pointer ${e.fault?.access === undefined ? 'use' : { read: 'read', write: 'write', execute: 'call' }[e.fault.access]}`,
          e,
          cite,
        ),
  'paging-fault': access,
  'general-protection': (e, cite) => {
    if (kasanNull(e) !== undefined) return inPlace('NULL pointer use', e, cite);
    const text = access(e, cite);
    return text.startsWith('Bad ') ? inPlace('General protection fault', e, cite) : text;
  },
  'kernel-bug': (e, cite) =>
    `${inPlace(isAssertion(e) ? 'Assertion failed' : 'BUG check failed', e, cite)}${message(e, cite)}${sourceLine(e, cite).replace(/^ at (.*)/, ' ($1)')}`,
  'stack-overflow': (e, cite) => inPlace('Kernel stack overflow', e, cite),
  warning: (e, cite) => {
    const object = watchedObject(e, cite);
    if (object !== undefined) return `${code(e, cite)} ${object}`;
    return `${inPlace('Check failed', e, cite)}${message(e, cite)}${sourceLine(e, cite).replace(/^ at (.*)/, ' ($1)')}`;
  },
  refcount: (e, cite) => inPlace(referenceHead(e, cite), e, cite),
  kasan: sanitized,
  kfence: sanitized,
  kmsan: sanitized,
  'slab-corruption': (e, cite) => {
    const { cache } = e.details ?? {};
    if (typeof cache !== 'string') return titled(e, cite);
    cite('details.cache');
    return `${inPlace(`Slab cache ${cache} is corrupt`, e, cite)}${message(e, cite)}`;
  },
  stuck: (e, cite) => `${cpu(e, cite)} was stuck${seconds(e, cite)}${stuckShort(e, cite)}`,
  'hard-lockup': (e, cite) => `${cpu(e, cite)} was stuck with interrupts off${stuckShort(e, cite)}`,
  'rcu-stall': (e, cite) =>
    place(e, cite) === undefined ? `RCU made no progress${starved(e, cite)}` : `RCU made no progress, held up${stuckShort(e, cite)}`,
  'hung-task': (e, cite) =>
    notFrozen(e)
      ? `Suspend failed: ${who(e, cite) || 'a task'} did not freeze in ${code(e, cite)}`
      : `${who(e, cite) || 'a task'} hung${seconds(e, cite)} in ${code(e, cite)}${waitingFor(e, cite)}`,
  'workqueue-lockup': (e, cite) => `${pools(e, cite)} made no progress${seconds(e, cite)}${inFlight(e, cite)}`,
  'resource-leak': (e, cite) => heldDevice(e, cite) ?? titled(e, cite),
  oom: oomHeadline,
  panic: panicked,
  'filesystem-error': onDevice,
  'block-error': onDevice,
  'netdev-watchdog': onDevice,
  'hardware-error': onDevice,
  'user-fault': (e, cite) => `${who(e, cite) || 'a program'} died of its own fault (${e.title.replace(/ in \S+$/, '')})`,
  sysrq: (e) =>
    /crash/i.test(e.title)
      ? 'the kernel was crashed on purpose through SysRq-c'
      : `somebody used SysRq (${e.title.replace(/^sysrq: /i, '')})`,
  reboot: () => 'the machine restarted without shutting down first',
});

/** Where a CPU loops; the function of the lock itself says no more. */
const stuckShort: Phrase = (event, cite) => stuckIn(event, cite).replace(/ \(in [^)]*\)$/, '');

/** `pump_ab[153] and pump_ba[154] wait for each other: a deadlock`, where the kernel named who holds what each waits for. */
function deadlocked(events: readonly Event[], cite: Cite): string | undefined {
  const circle = circleOf(events);
  const [first, second] = circle ?? [];
  if (circle === undefined || first === undefined || second === undefined) return undefined;
  cite('task.pid', 'task.comm', 'details.ownerComm', 'details.ownerPid');
  const others =
    circle.length === 2 ? `and ${who(second, cite)} wait for each other` : `and ${circle.length - 1} more tasks wait in a circle`;
  return `${who(first, cite)} ${others}: a deadlock in ${code(first, cite)}`;
}

/** ` on a mutex that kworker/u8:1[43] likely holds` */
function waitingFor({ details }: Event, cite: Cite): string {
  const { blockedOn, ownerComm, ownerPid } = details ?? {};
  if (typeof blockedOn !== 'string') return '';
  cite('details.blockedOn');
  if (typeof ownerComm !== 'string') return `, waiting for a ${blockedOn}`;
  cite('details.ownerComm', 'details.ownerPid');
  return `, waiting for ${ownerComm}[${ownerPid}]`;
}
