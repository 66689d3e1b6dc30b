import { textOf } from '../record/decode-text.ts';

/** The same value for people: byte strings decoded, absent fields left out. `source` is the user's own text and stays. */
export function decoded(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return name === 'source' ? value : textOf(value);
  if (Array.isArray(value)) return value.map((item) => decoded(item, name));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([field, content]) => [field, decoded(content, field)]));
}
