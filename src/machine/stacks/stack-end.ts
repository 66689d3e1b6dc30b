import type { StackEnd } from '../../unwind/stack.ts';

/** Why a stack has no further frame, in words; undefined where it is whole. */
export const STACK_ENDS: Readonly<Record<StackEnd, string | undefined>> = {
  thread: undefined,
  user: undefined,
  gone: 'no stack: the task has exited',
  unreadable: 'the rest of the stack is not in the dump',
  loop: 'the frames run in a circle',
  limit: 'more frames than a stack holds',
  'not-code': 'the next return address is no code',
  undefined: 'the code there has no rule to unwind by',
  lost: 'how the stack goes on is not known there',
};
