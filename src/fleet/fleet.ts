/** The types of a fleet: many inputs, grouped. From the one zod source, and type-only, so that zod is never loaded at run time. */
import type { z } from 'zod';
import type { fleetSchema } from './schema.ts';

type Immutable<T> = T extends readonly (infer E)[]
  ? readonly Immutable<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** What `schemaVersion` stands before in JSON. */
export type Fleet = Omit<Immutable<z.infer<typeof fleetSchema>>, 'schemaVersion'>;
export type FleetGroup = Fleet['groups'][number];
export type FleetMember = FleetGroup['members'][number];
export type Share = Fleet['kernels'][number];
export type ShareOf = FleetGroup['kernels'][number];
export type NewIn = NonNullable<FleetGroup['newIn']>;
export type Together = FleetGroup['together'][number];
export type Variant = FleetGroup['variants'][number];
export type Day = Fleet['days'][number];
export type Copy = Fleet['copies'][number];
