import type { TokenType } from 'chevrotain';
import { Blank, Colon, Comma, FIELDS, LETTERS, Num, Other, word } from './field-tokens.ts';
import { freeText, keyedText, onlyFirst, upToFirst, upToLast } from './free-text.ts';

// --- dump_header() ---
export const InvokedOomKiller = word('InvokedOomKiller', 'i', /invoked oom-killer:/, 'fields');
export const InvokerComm = freeText('InvokerComm', onlyFirst(upToLast(' invoked oom-killer:')));

// --- cpuset_print_task_mems_allowed() ---
export const CpusetComm = freeText('CpusetComm', onlyFirst(upToLast(' cpuset=')), 'fields');

// --- warn_alloc(), warn_alloc_failed(), and what else ends in `order:…, mode:…` ---
const ALLOC_REASONS = [': page allocation failure', ': page allocation stall', ': vmalloc'];
export const AllocComm = freeText(
  'AllocComm',
  onlyFirst((line) => {
    const at = Math.max(...ALLOC_REASONS.map((reason) => line.lastIndexOf(reason)));
    return at > 0 ? at : upToFirst(': ')(line, 0);
  }),
);
/** What stands between the comm and the request. */
export const Separator = word('Separator', ':', /: /, 'fields');
/** `10000ms` 4.10–4.14, `10 secs:` since 7.2; a damaged time is passed over. */
export const StallsFor = word('StallsFor', 'p', /page allocation stalls? for(?: \d+ ?(?:ms|secs))?/, 'fields');

// --- slab_out_of_memory() ---
export const CacheName = keyedText('CacheName', 'cache: ', upToFirst(', object size:'));
/** `object size`, `default order`. */
export const SpacedKey = word('SpacedKey', LETTERS, /[a-z]+(?: [a-z]+)*(?=:)/);

// --- __cma_alloc() ---
export const CmaFunction = word('CmaFunction', 'c', /cma: \w+(?=:)/);
export const AllocFailed = word('AllocFailed', 'a', /alloc failed,/, 'fields');
/** Since 5.12. */
export const AreaName = freeText('AreaName', upToFirst(': alloc failed,'));

export const FAILURE_MODES: Readonly<Record<string, readonly TokenType[]>> = {
  invoked: [InvokedOomKiller, InvokerComm, Blank],
  cpuset: [CpusetComm, ...FIELDS],
  alloc: [AllocComm, Separator, Blank, Other],
  stall: [AllocComm, StallsFor, Colon, Blank, Other],
  cache: [Blank, CacheName, SpacedKey, Num, Colon, Comma, Other],
  cma: [CmaFunction, AllocFailed, Colon, Blank, AreaName],
};
