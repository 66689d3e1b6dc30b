import { NESTED } from './message.ts';
import type { JsonObject } from './parse-bytes.ts';

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** journald's own fields, of which each entry has one. */
const isEntry = (object: JsonObject): boolean =>
  (object._TRANSPORT ?? object.__REALTIME_TIMESTAMP ?? object.__MONOTONIC_TIMESTAMP ?? object._BOOT_ID) !== undefined;

/**
 * The journal's entry that an object is, or carries: a collector may put it into a field of its own (Stackdriver's `jsonPayload`), or spell
 * its message another way (`message` of vector).
 */
export function journalEntryOf(object: JsonObject): JsonObject | undefined {
  for (const scope of [object, ...NESTED.map((name) => object[name]).filter(isObject)]) {
    if (!isEntry(scope)) continue;
    if (scope.MESSAGE !== undefined) return scope;
    if (typeof scope.message === 'string') return { ...scope, MESSAGE: scope.message };
  }
  return undefined;
}
