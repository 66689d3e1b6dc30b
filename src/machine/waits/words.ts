import type { Known } from '../row.ts';
import type { RequestOf, StuckRow } from './stuck.ts';

/** What a task waits for, in words; undefined where its stack does not tell. Names are as the kernel has them: make them printable. */
export function waitWords({ for: kind, address, path, index, sector, bit, symbol }: Known<StuckRow>): string | undefined {
  const state = bit ? ` (${bit.replace(/^(?:PG|BH)_/, '')})` : '';
  switch (kind) {
    case undefined:
      return undefined;
    case 'page':
      return `page ${index ?? '?'} of ${path ?? 'an unknown file'}${state}`;
    case 'buffer':
      return `block at sector ${sector ?? '?'} of ${path ?? 'an unknown disk'}${state}`;
    case 'queue':
      return path ?? `wait queue ${symbol ?? address}`; // the path says what the queue is of
    default:
      return `${kind} ${path ?? symbol ?? address}`; // what the lock is part of
  }
}

/** A request in flight: `WRITE of 262144 bytes at sector 19970 of vda, in flight for 9.1 s`. */
export function requestWords({ op, disk, sector, bytes, ageMs }: RequestOf): string {
  const age = ageMs === undefined ? '' : `, in flight for ${secondsWords(ageMs)}`;
  return `${op ?? 'request'} of ${bytes ?? '?'} bytes at sector ${sector ?? '?'} of ${disk ?? '?'}${age}`;
}

export const secondsWords = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
