import type { Event, Frame } from '../../event/event.ts';
import type { Kind } from '../../event/kinds.ts';
import { bareSymbol } from '../../signature/bare-symbol.ts';
import { defaultFrames, findCulprit } from '../../signature/culprit.ts';
import { code, placed, titled } from './subject.ts';
import { type Cite, functionText, type Phrase } from './words.ts';

/** The function that a stack of the report blames: who freed or allocated the object. */
export function blamedIn({ stacks = [] }: Event, label: RegExp): Frame | undefined {
  const stack = stacks.find((each) => each.label !== undefined && label.test(each.label));
  return stack && findCulprit(defaultFrames(undefined, [stack]), { title: '', keep: ['work'] }).frame;
}

/** Where the report shows who made and who freed the object. */
const ALLOCATED = /^allocated (?:by|in)/i;
export const FREED = /^(?:freed|Last potentially related work creation)/i;

/** ` (kmalloc-512, allocated in x25_negotiate, freed in x25_release)`: what the report knows of the object. */
function ofObject(event: Event, cite: Cite): string {
  const { cache } = event.details ?? {};
  const known: string[] = [];
  if (typeof cache === 'string') {
    cite('details.cache');
    known.push(cache);
  }
  for (const [word, label] of [
    ['allocated', ALLOCATED],
    ['freed', FREED],
  ] as const) {
    const frame = blamedIn(event, label);
    if (frame?.symbol !== undefined) known.push(`${word} in ${functionText(frame)}`);
  }
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

/** `read 8 bytes of`; `used` where the report does not say what was done. */
function did({ fault, details }: Event, cite: Cite, particle: string): string {
  cite('fault.access', 'details.accessSize');
  const verb = fault?.access === 'read' ? 'read' : fault?.access === 'write' ? 'wrote' : undefined;
  if (verb === undefined) return `used${particle === 'of' ? '' : ` memory ${particle}`}`;
  const size = typeof details?.accessSize === 'number' ? ` ${details.accessSize} byte${details.accessSize === 1 ? '' : 's'}` : '';
  const way = particle !== 'of' ? particle : verb === 'wrote' ? 'to' : size === '' ? '' : 'of';
  return `${verb}${size}${way === '' ? '' : ` ${way}`}`;
}

/** Where the access went, by the words of the report. */
const OUTSIDE: readonly (readonly [RegExp, string])[] = [
  [/^stack-/, "outside of a function's variables on the stack"],
  [/^global-/, 'outside of a global variable'],
  [/^vmalloc-/, 'outside of a vmalloc area'],
  [/^slab-/, 'outside of a slab object'],
  [/^/, 'outside of its object'],
];

/** KASAN and KFENCE: what was done to what, whose it was. */
const access: Phrase = (event, cite) => {
  cite('fault.cause');
  const cause = event.fault?.cause ?? '';
  const what = code(event, cite);
  const object = () => ofObject(event, cite);
  if (/use-after-free/.test(cause)) return `${what} ${did(event, cite, 'of')} freed memory${object()}`;
  if (/out-of-bounds/.test(cause))
    return `${what} ${did(event, cite, OUTSIDE.find(([re]) => re.test(cause))?.[1] ?? '')}${/^(?:slab|out)/.test(cause) ? object() : ''}`;
  if (/double-free/.test(cause)) return `${what} freed memory that was freed already${object()}`;
  if (/invalid-free|invalid free/.test(cause))
    return `${what} freed memory that it cannot free: ${blamedIn(event, FREED) === undefined ? 'no object begins there' : 'it was freed already, or no object begins there'}${object()}`;
  const { pointerTag, memoryTag } = event.details ?? {};
  if (typeof pointerTag === 'string' && typeof memoryTag === 'string') {
    cite('details.pointerTag', 'details.memoryTag');
    return `${what} ${did(event, cite, 'of')} memory whose tag (${memoryTag}) is not its pointer's (${pointerTag}): freed memory, or beyond the object${object()}`;
  }
  return '';
};

const checked: Phrase = (event, cite) => {
  const text = access(event, cite);
  const checker = event.kind === 'kfence' ? 'KFENCE' : 'KASAN';
  return text === '' ? titled(event, cite) : `${checker}: ${text}${placed(event, cite)}`;
};

const uninitialised: Phrase = (event, cite) => {
  const origin = blamedIn(event, /^Uninit was created/);
  const from =
    origin?.symbol === undefined || bareSymbol(origin.symbol) === bareSymbol(event.culprit?.symbol ?? '')
      ? ''
      : ` (memory from ${functionText(origin)})`;
  const leak = /^KMSAN: kernel-(\w*?)-?infoleak/.exec(event.title);
  if (leak !== null)
    return `KMSAN: ${code(event, cite)} handed bytes that nothing had set to ${leak[1] === 'usb' ? 'a USB device' : 'user space'}${from}${placed(event, cite)}`;
  if (!event.title.startsWith('KMSAN: uninit-value')) return titled(event, cite);
  return `KMSAN: ${code(event, cite)} used a value that nothing had set${from}${placed(event, cite)}`;
};

/** Two CPUs at one variable: each access by the stack that shows it. */
const race: Phrase = (event, cite) => {
  const { accesses } = event.details ?? {};
  const [first, second] = (event.stacks ?? [])
    .slice(0, 2)
    .map((stack) => findCulprit(defaultFrames(undefined, [stack]), { title: '' }).frame);
  if (!Array.isArray(accesses) || accesses.length < 2 || first?.symbol === undefined || second?.symbol === undefined)
    return titled(event, cite);
  cite('details.accesses');
  const [a, b] = accesses.map((each) => (/write/.test(`${(each as { access?: unknown }).access}`) ? 'wrote' : 'read'));
  return `KCSAN: ${functionText(first)} ${a} what ${functionText(second)} ${b} at the same time, and nothing orders the two`;
};

/** The checker of RCU: a pointer read outside of a reader, or what no reader may do. */
const unprotected: Phrase = (event, cite) => {
  const { message, file, line } = event.details ?? {};
  if (typeof message !== 'string') return titled(event, cite);
  cite('details.message', 'details.file', 'details.line');
  const at = typeof file === 'string' && typeof line === 'number' ? ` at ${file}:${line}` : '';
  return /suspicious rcu_dereference/.test(message)
    ? `${code(event, cite)} read an RCU pointer${at} without the lock that it needs${placed(event, cite)}`
    : `${code(event, cite)} broke a rule of RCU${at}${placed(event, cite)}: "${message.replace(/[.!]+$/, '')}"`;
};

/** `512 bytes that clcdfb_probe allocated are no longer referenced`. */
const leaked: Phrase = (event, cite) => {
  const { bytes } = event.details ?? {};
  if (typeof bytes !== 'number' || event.culprit?.symbol === undefined) return titled(event, cite);
  cite('details.bytes');
  return `${bytes} byte${bytes === 1 ? '' : 's'} that ${code(event, cite)} allocated ${bytes === 1 ? 'is' : 'are'} no longer referenced: a memory leak${placed(event, cite)}`;
};

/** What the counters of references say (lib/refcount.c), and what comes of it. */
const REFERENCES: readonly (readonly [message: RegExp, head: string, says: string])[] = [
  [/underflow/, 'Refcount underflow', 'dropped a reference that was gone already: the object may be freed while in use'],
  [
    /(?:addition|increment) on 0/,
    'Reference taken to a dead object',
    'took a reference to an object that had none left: it may be freed already',
  ],
  [/saturated/, 'Refcount saturated', 'counted references beyond the limit: the object is never freed'],
  [/decrement hit 0/, 'Last reference dropped unseen', 'dropped the last reference by a call that frees nothing: the object leaks'],
];
const referenceOf = ({ details }: Event, cite: Cite) => {
  const { message } = details ?? {};
  cite('details.message');
  return typeof message === 'string' ? REFERENCES.find(([re]) => re.test(message)) : undefined;
};
/** `Refcount underflow`, for a headline. */
export const referenceHead: Phrase = (event, cite) => referenceOf(event, cite)?.[1] ?? 'Refcount bug';
const reference: Phrase = (event, cite) => {
  const found = referenceOf(event, cite);
  return found === undefined ? titled(event, cite) : `${code(event, cite)} ${found[2]}${placed(event, cite)}`;
};

/** What the checker of objects complains of (lib/debugobjects.c): the object's state, its type, and the function that it would call. */
const OBJECT =
  /^ODEBUG: (?<what>free|init|activate|assert_init|active_state)\w* (?<state>active|not available|destroyed)?.*?object type: (?<type>\w+)(?: hint: (?<hint>[A-Za-z_][\w.]*)\+)?/;
const OBJECTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    timer_list: 'timer',
    hrtimer: 'timer',
    work_struct: 'work',
    rcu_head: 'callback of RCU',
    percpu_counter: 'per-CPU counter',
  }),
);
/** `freed an object whose timer (isotp_tx_timer_handler) was still active`; undefined for other words. */
export function watchedObject({ details }: Event, cite: Cite): string | undefined {
  const groups = typeof details?.message === 'string' ? OBJECT.exec(details.message)?.groups : undefined;
  if (groups === undefined) return undefined;
  cite('details.message');
  const { what, state, type = '', hint } = groups;
  const object = `${OBJECTS.get(type) ?? type}${hint === undefined ? '' : ` (${hint})`}`;
  if (what === 'free' && state === 'active') return `freed an object whose ${object} was still active`;
  if (what === 'init' && state === 'active') return `initialised a ${object} that was still active`;
  if (what === 'activate' && state === 'active') return `started a ${object} that was active already`;
  if (what === 'assert_init' || state === 'not available') return `used a ${object} that was never initialised`;
  return undefined;
}

/** What SLUB found (mm/slub.c check_object(), free_consistency_checks()), as what was done to the object. */
const SLAB_FAULTS: readonly (readonly [message: RegExp, says: string])[] = [
  // objects in use have no poison
  [/^(?:End )?Poison overwritten/, 'was written after it was freed'],
  [/^(?:Right Redzone|kmalloc Redzone|Alignment padding|Object padding) overwritten/, 'was written beyond its end'],
  [/^Left Redzone overwritten/, 'was written before its beginning'],
  [/^Object already free/, 'was freed when it was free already'],
];
const slabFault: Phrase = (event, cite) => {
  const { message } = event.details ?? {};
  const says = typeof message === 'string' ? SLAB_FAULTS.find(([re]) => re.test(message))?.[1] : undefined;
  if (says === undefined) return titled(event, cite);
  cite('details.message');
  return `an object of the slab allocator${ofObject(event, cite)} ${says}${event.culprit === undefined ? '' : `, found in ${code(event, cite)}`}${placed(event, cite)}`;
};

/** Kinds of the checkers of memory and objects. */
export const CHECKERS: Readonly<Partial<Record<Kind, Phrase>>> = {
  kasan: checked,
  kfence: checked,
  kmsan: uninitialised,
  kmemleak: leaked,
  kcsan: race,
  'rcu-usage': unprotected,
  refcount: reference,
  'slab-corruption': slabFault,
};
