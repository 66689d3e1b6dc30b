import type { Stack } from '../../../event/event.ts';
import { frameText } from '../../../output/text/frame.ts';
import { findCulprit } from '../../../signature/culprit.ts';
import { detail } from './common.ts';
import type { FactOf } from './fact.ts';

const ACCESS = { read: 'read', write: 'write', execute: 'instruction fetch' } as const;

/** What the CPU did, and what it was told. */
export const faultWhat: FactOf = (context) => {
  const { fault, title } = context.event;
  const nth = detail(context.event, 'oopsCount');
  const access = fault?.access && ACCESS[fault.access];
  return {
    label: 'What',
    parts: [
      fault?.address === undefined ? (fault?.cause ?? title) : `${access ?? 'access'} at ${fault.address}`,
      fault?.address === undefined ? undefined : fault.cause?.replace(/^(?:read|write|execute) in /, ''),
      fault?.errorCode && `error code ${fault.errorCode}`,
      nth === undefined ? undefined : `oops #${nth} of this boot`,
    ],
  };
};

/** What the address of the fault is likely to be, and the operand that it was computed from. */
export const likely: FactOf = ({ event: { fault } }) => {
  if (fault?.hint === undefined) return undefined;
  const [meaning = '', ...operands] = fault.hint.split('; ');
  if (operands.length === 0) return { label: 'Likely', parts: [meaning], guess: true };
  // what the row above says already is not repeated: the address, that it is near NULL
  return {
    label: 'Likely',
    parts: [meaning.replace(/^NULL \+ 0x[0-9a-f]+: /, ''), ...operands.map((text) => text.replace(` is ${fault.address}`, ''))],
    guess: true,
  };
};

/** The kernel's own words on what it found. */
export const message: FactOf = ({ event }) => {
  const file = detail(event, 'file');
  const line = detail(event, 'line');
  const said = detail(event, 'report') ?? detail(event, 'message') ?? detail(event, 'reason') ?? detail(event, 'what');
  return {
    label: 'What',
    parts: [
      said === undefined ? event.title : `${said}`,
      file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`,
    ],
  };
};

/** What memory was touched: the object, its cache, its page. */
export const object: FactOf = ({ event }) => {
  const part = (label: string, key: string, unit = ''): string | undefined => {
    const value = detail(event, key);
    return value === undefined ? undefined : `${label}${value}${unit}`;
  };
  const parts = [
    part('cache ', 'cache'),
    part('', 'cacheObjectSize', ' bytes an object'),
    part('', 'region'),
    part('pfn ', 'pfn'),
    part('', 'bytes', ' bytes'),
  ];
  return parts.some(Boolean) ? { label: 'Object', parts } : undefined;
};

/** `8-byte read of 0xffff88802f8d4a10`. */
export const access: FactOf = ({ event }) => {
  const { fault, title } = event;
  const size = detail(event, 'accessSize');
  const said = detail(event, 'message');
  if (fault?.access === undefined) return { label: 'What', parts: [said === undefined ? title : `${said}`] };
  return {
    label: 'What',
    parts: [
      `${size === undefined ? '' : `${size}-byte `}${ACCESS[fault.access]} at ${fault.address ?? '?'}`,
      fault.cause,
      said === undefined ? undefined : `${said}`,
    ],
  };
};

/** Whose are the other stacks of the report: who allocated the object, who freed it, who raced. */
export const others: FactOf = ({ event: { stacks = [] } }) => {
  const told = stacks.filter(({ label }) => label !== undefined && !/^(?:call trace|backtrace)\b/i.test(label)).slice(0, 3);
  if (told.length === 0) return undefined;
  return { label: 'Stacks', parts: told.map((stack) => ({ text: originText(stack), guess: true }) as const) };
};

/** `Freed by task 5831 in xyz_free+0x1c/0x20`: the first frame that is no machinery. */
function originText({ label = '', frames }: Stack): string {
  const short = label.replace(/^kfence-#\d+ \[[^\]]*\] /, '').replace(/ to 0x[0-9a-f]+ of \d+ bytes?/, '');
  const guilty = findCulprit(frames, { title: '' }).frame;
  return guilty === undefined || short.includes(guilty.symbol ?? '\0') ? short : `${short} in ${frameText(guilty)}`;
}

/** The lock that was wanted, and what was held. */
export const locks: FactOf = ({ event: { locks: own = [] } }) => {
  const named = (role: 'wanted' | 'held'): string[] => [
    ...new Set(own.filter((lock) => lock.role === role && lock.name !== undefined).map(({ name }) => `${name}`)),
  ];
  const [wanted, held] = [named('wanted'), named('held')];
  const parts = [wanted.length > 0 && `wanted ${wanted.join(', ')}`, held.length > 0 && `held ${held.join(', ')}`];
  return parts.some(Boolean) ? { label: 'Locks', parts } : undefined;
};

/** Why the kernel gave up. */
export const panicReason: FactOf = ({ event }) => ({ label: 'Reason', parts: [`${detail(event, 'reason') ?? event.title}`] });
