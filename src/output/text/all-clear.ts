import type { InputInfo } from '../../read/info.ts';
import { printable } from './printable.ts';

/** What is said of a log without events. All is well only where all of it was understood (contract.md, "What was understood of an input"). */
export function allClear(info: Pick<InputInfo, 'reading'> | undefined): string {
  const doubts = doubtsOf(info);
  return doubts.length === 0
    ? 'nothing that kills or warns'
    : `no event was found, but not all was ${doneWith(info)}: ${doubts.join('; ')}`;
}

/** The same as a sentence. */
export function allClearSentence(info: Pick<InputInfo, 'reading'> | undefined): string {
  const doubts = doubtsOf(info);
  return doubts.length === 0
    ? 'Nothing in this log kills or warns.'
    : `No event was found, but not all was ${doneWith(info)}: ${doubts.join('; ')}.`;
}

const doneWith = (info: Pick<InputInfo, 'reading'> | undefined): string => (info?.reading?.stopped ? 'read' : 'understood');

function doubtsOf(info: Pick<InputInfo, 'reading'> | undefined): string[] {
  const { unread = 0, unreadSamples = [], unclaimed = 0, stopped } = info?.reading ?? {};
  const [sample] = unreadSamples;
  return [
    stopped,
    unread > 0 &&
      `${unread === 1 ? '1 line looks' : `${unread} lines look`} like a kernel's and could not be placed${sample === undefined ? '' : ` ("${printable(sample)}")`}`,
    unclaimed > 0 && `${unclaimed === 1 ? '1 stack trace belongs' : `${unclaimed} stack traces belong`} to no event`,
  ].filter((doubt) => doubt !== undefined && doubt !== false);
}
