import type { Event, Frame, NextStep } from '../../event/event.ts';
import type { KindName } from '../../event/kinds.ts';
import { isShortOfMemory } from '../facts.ts';
import type { Surroundings } from '../surroundings.ts';
import { safeAddress, safeModule, safePid, safeRelease, safeSymbol } from './safe.ts';

/** What the steps of an incident are made of: the report that says most, and the values that a command may hold. */
export interface StepContext {
  readonly first: Event;
  readonly terminal: Event;
  readonly events: readonly Event[];
  readonly around: Surroundings;
  readonly symbol: string | undefined;
  readonly offset: number | undefined;
  readonly module: string | undefined;
  readonly pid: number | undefined;
  readonly cpu: number | undefined;
  readonly release: string | undefined;
  /** Where the fault was, if it is an address that a kernel can have. */
  readonly address: string | undefined;
}

/** One kind of step: for which first reports, and what to do. */
export interface StepRule {
  /** Kinds of the report that began the incident; absent: any. */
  readonly kinds?: readonly KindName[];
  /** What it was about, where the kind does not say it: a panic for want of memory. */
  readonly when?: (context: StepContext) => boolean;
  readonly steps: (context: StepContext) => readonly (NextStep | undefined)[];
}

export function contextOf(events: readonly Event[], terminal: Event, around: Surroundings): StepContext {
  const first = events[0] as Event;
  const frame = codeFrame(first);
  return {
    first,
    terminal,
    events,
    around,
    symbol: safeSymbol(frame?.symbol),
    offset: typeof frame?.offset === 'number' ? frame.offset : undefined,
    module: safeModule(frame?.module),
    pid: safePid(first.task?.pid),
    cpu: first.task?.cpu,
    release: safeRelease(first.kernel?.release),
    address: mapped(first.fault?.address),
  };
}

/** The instruction that faulted where it is that of the culprit, else the culprit's call. */
const codeFrame = ({ at, culprit }: Event): Frame | undefined =>
  at?.symbol !== undefined && at.symbol === culprit?.symbol ? at : (culprit ?? at);

/** Addresses beyond the first pages: there is nothing to see at NULL and its members. */
function mapped(address: string | undefined): string | undefined {
  const safe = safeAddress(address);
  return safe !== undefined && BigInt(safe) >= 0x1_0000n ? safe : undefined;
}

/** `fault_null+0x5`. */
export const place = ({ symbol, offset }: StepContext): string | undefined =>
  symbol === undefined ? undefined : offset === undefined ? symbol : `${symbol}+0x${offset.toString(16)}`;

/** A step, or nothing where a value it needs is not known. */
export const step = (tool: NextStep['tool'], command: string | undefined, why: string): NextStep | undefined =>
  command === undefined ? undefined : { tool, command, why };

/** A command from a value, if there is one. */
export const withValue = <T>(value: T | undefined, command: (value: T) => string): string | undefined =>
  value === undefined ? undefined : command(value);

export const isMemory = ({ first }: StepContext): boolean => isShortOfMemory(first);
