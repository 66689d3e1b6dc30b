/** Counts up when a field changes its meaning: workers are upgraded before those who ship. */
export const JOB_SCHEMA = 1;

/** Bytes of an input, at most: a kernel log of months. A dump is some hundred kB once it is trimmed. */
export const MOST_BYTES = 256 << 20;
const MOST_TEXT = 400;

/** Where an object stands in its stream. */
export interface Placed {
  /** What its pieces' subject ends with. */
  readonly nuid: string;
  readonly chunks: number;
  /** Number of the first of them in the stream. */
  readonly seq: number;
}

/** One input to be read, as whoever ships it tells of it. Its bytes stand in the object store under {@link Job.id}. */
export interface Job {
  readonly schema: typeof JOB_SCHEMA;
  /** SHA-256 of the bytes, in hex: message id, object name and the answer's id. */
  readonly id: string;
  readonly bytes: number;
  /** What it is called on its host. */
  readonly input: string;
  /** The host that shipped it; absent where it was redacted. */
  readonly host?: string | undefined;
  /** When the file was last written, in microseconds since 1970: logs without a year are read by it. */
  readonly modified?: number | undefined;
  /** Where its bytes stand, for whoever laid them there: else the object store is asked. */
  readonly placed?: Placed | undefined;
  /** ISO 8601, UTC: by the clock of the host. */
  readonly shippedAt: string;
  /** The lastkmsg that shipped it. */
  readonly version: string;
}

export const jobToJson = (job: Job): string => JSON.stringify(job);

/** The job that a message holds, or one line that says why it holds none. Messages come from any host: nothing of them is believed. */
export function parseJob(json: string): Job | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { wrong: 'a job is JSON; this is not' };
  }
  if (typeof value !== 'object' || value === null) return { wrong: 'a job is an object of JSON; this is none' };
  const { schema, id, bytes, input, host, modified, placed, shippedAt, version } = value as Record<string, unknown>;
  if (schema !== JOB_SCHEMA) return { wrong: `a job of schema ${String(schema).slice(0, 20)}: this lastkmsg knows ${JOB_SCHEMA}` };
  if (typeof id !== 'string' || !/^[0-9a-f]{64}$/.test(id)) return { wrong: 'its id is no SHA-256' };
  if (!isCount(bytes) || bytes > MOST_BYTES) return { wrong: `its size is not between 0 and ${MOST_BYTES} bytes` };
  return {
    schema,
    id,
    bytes,
    input: textOr(input, '-'),
    host: typeof host === 'string' && host !== '' ? host.slice(0, MOST_TEXT) : undefined,
    modified: isCount(modified) ? modified : undefined,
    placed: isPlaced(placed) ? placed : undefined,
    shippedAt: textOr(shippedAt, ''),
    version: textOr(version, ''),
  };
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isPlaced = (value: unknown): value is Placed => {
  const { nuid, chunks, seq } = (value ?? {}) as Record<string, unknown>;
  return isNuid(nuid) && isCount(chunks) && isCount(seq);
};
/** It becomes part of a subject. */
export const isNuid = (value: unknown): value is string => typeof value === 'string' && /^\w{1,64}$/.test(value);
const textOr = (value: unknown, absent: string): string => (typeof value === 'string' && value !== '' ? value.slice(0, MOST_TEXT) : absent);
