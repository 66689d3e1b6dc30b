/** A row as it is answered: what could not be read is not there, and named. */
export type Known<T> = { readonly [K in keyof T]?: T[K] | undefined } & { readonly unknown?: readonly string[] | undefined };

/** Fields before it is known which could be read: undefined is unknown, null does not apply. */
export type Fields<T> = { readonly [K in keyof T]: T[K] | undefined | null };

export function row<T>(fields: Fields<T>): Known<T> {
  const known: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) unknown.push(name);
    else if (value !== null) known[name] = value;
  }
  if (unknown.length > 0) known.unknown = unknown;
  return known as Known<T>;
}

/** An address as it is answered; undefined stays unknown. */
export function hex(address: bigint): string;
export function hex(address: bigint | undefined): string | undefined;
export function hex(address: bigint | undefined): string | undefined {
  return address === undefined ? undefined : `0x${address.toString(16)}`;
}

/** The sum, unknown where one of them is. */
export function sum(numbers: Iterable<number | undefined>): number | undefined {
  let total = 0;
  for (const n of numbers) {
    if (n === undefined) return undefined;
    total += n;
  }
  return total;
}
