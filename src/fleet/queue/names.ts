/**
 * What stands where on the server. Rights are given by these names (docs/fleet/nats-server.conf); docs/fleet is tested against the real
 * server.
 */

/** Object store of what was shipped: an object's name is the SHA-256 of its bytes, in hex. */
export const BUCKET = 'lastkmsg-inputs';

/** Streams, the subject of each, and the durable consumer that takes from it. */
export const JOBS = { stream: 'LASTKMSG_JOBS', subject: 'lastkmsg.jobs', consumer: 'workers' } as const;
export const ANSWERS = { stream: 'LASTKMSG_ANSWERS', subject: 'lastkmsg.answers', consumer: 'ingester' } as const;
/** Jobs that were given up, for people to look at. */
export const DEAD = { stream: 'LASTKMSG_DEAD', subject: 'lastkmsg.dead' } as const;

/** The stream of an object store and its subjects, as the specification of NATS has them (ADR-20). */
export const OBJECTS = {
  stream: `OBJ_${BUCKET}`,
  chunk: (nuid: string): string => `$O.${BUCKET}.C.${nuid}`,
  meta: (name: string): string => `$O.${BUCKET}.M.${paddedBase64Url(Buffer.from(name))}`,
} as const;

/** Base64url with its padding, as NATS's clients write and compare it. */
export function paddedBase64Url(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** Who connects; each gets its answers under an inbox of its own, so that rights can tell them apart. */
export type Role = 'ship' | 'worker' | 'ingest' | 'setup';
export const inboxOf = (role: Role): string => `_INBOX.lastkmsg-${role}`;
