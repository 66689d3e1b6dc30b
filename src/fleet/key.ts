import type { Sighting } from './input.ts';

/**
 * What makes two events of different inputs the same trouble: kind and title, which name the guilty function. The hash also holds its
 * callers, which vary with the workload: hashes of one title are variants of it.
 */
export const keyOf = ({ kind, title }: Pick<Sighting, 'kind' | 'title'>): string => `${kind} ${title}`;
