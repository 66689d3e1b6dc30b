import type { JsonObject, ParsedJson } from './parse-bytes.ts';

/** A message that a JSON object carries, whoever wrote it. */
export interface JsonMessage {
  /** Byte string; may hold several lines. */
  readonly text: string;
  /** The program that the object names; absent where it names none. */
  readonly program?: string | undefined;
}

/** Where collectors keep the line: docker, fluentd, vector, rsyslog, Splunk, Stackdriver, CloudWatch, journald's own. */
export const MESSAGES: readonly string[] =
  'message msg log MESSAGE text line body _raw event textPayload @message short_message full_message content data stdout Output'.split(' ');
const PROGRAMS = 'SYSLOG_IDENTIFIER ident program programname appname app_name app tag syslog_identifier process_name'.split(' ');
/** Objects in which those fields may stand one level down. */
const NESTED = 'jsonPayload fields _source syslog record log event message data'.split(' ');

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The message of an object, or undefined where it carries none. */
export function jsonMessage({ object, bytes }: ParsedJson): JsonMessage | undefined {
  for (const scope of [object, ...NESTED.map((name) => object[name]).filter(isObject)]) {
    const text = MESSAGES.map((name) => scope[name]).find((value) => typeof value === 'string');
    if (typeof text !== 'string') continue;
    const program = [scope, object].flatMap((o) => PROGRAMS.map((name) => o[name])).find((value) => typeof value === 'string');
    return { text: bytes(text), program: typeof program === 'string' ? program : undefined };
  }
  return undefined;
}
