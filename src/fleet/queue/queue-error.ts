import { JetStreamApiError } from '@nats-io/jetstream';

/** The server, or the way to it, does not do what is needed; one line that says what and why. */
export class QueueError extends Error {
  override name = 'QueueError';

  constructor(what: string, cause: unknown) {
    super(`${what}: ${reasonOf(cause)}`, { cause });
  }
}

/** The bytes are not those that the job names. */
export class ChangedInput extends Error {
  override name = 'ChangedInput';
}

/** Numbers of the server's errors (server/errors.json of nats-server). */
const WRONG_LAST_SEQUENCE = 10071;

/** The last message of that subject is another than was expected: its sequence number; undefined for any other error. */
export function lastSequence(error: unknown): number | undefined {
  if (!(error instanceof JetStreamApiError) || error.code !== WRONG_LAST_SEQUENCE) return undefined;
  return Number(/: (\d+)$/.exec(error.message)?.[1] ?? Number.NaN);
}

/** In known words. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message } = error;
  const code = (error as NodeJS.ErrnoException).code ?? (error.cause as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ECONNREFUSED' || /connection refused/i.test(message)) return 'connection refused';
  if (name === 'TimeoutError') return 'no answer in time';
  if (name === 'AuthorizationError') return 'the server does not take these credentials';
  if (name === 'PermissionViolationError') return `these credentials may not do that (${message})`;
  if (/jetstream is not enabled/.test(message)) return 'no stream takes it: is JetStream on, and did `lastkmsg fleet setup` run there?';
  return message.replace(/\s*\n\s*/g, ' ');
}
