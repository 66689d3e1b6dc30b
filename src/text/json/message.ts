import type { JsonObject, ParsedJson } from './parse-bytes.ts';

/** A message that a JSON object carries, whoever wrote it. */
export interface JsonMessage {
  /** Byte string; may hold several lines. */
  readonly text: string;
  /** The program that the object names; absent where it names none. */
  readonly program?: string | undefined;
}

/** Where collectors keep the line: docker, fluentd, vector, rsyslog, Splunk, Stackdriver, CloudWatch, Azure, journald's own. */
export const MESSAGES: readonly string[] =
  'message msg log MESSAGE text line body _raw event textPayload @message short_message full_message content data stdout Output'
    .concat(' value stringValue Message SyslogMessage RawData raw logMessage log_message')
    .split(' ');
const PROGRAMS = 'SYSLOG_IDENTIFIER ident program programname appname app_name app tag syslog_identifier process_name'.split(' ');
/** Objects in which those fields may stand one level down. */
export const NESTED: readonly string[] =
  'jsonPayload fields _source syslog record log event entry journal payload message data attributes body result properties'.split(' ');

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects within arrays within objects: an answer of Loki has five levels. */
const MAX_DEPTH = 8;

/** The message of an object; where it carries none, those of all that it holds: what a log store answers is one object. */
export function jsonMessages(json: ParsedJson): readonly JsonMessage[] {
  const own = jsonMessage(json);
  if (own !== undefined) return [own];
  const found: JsonMessage[] = [];
  const { bytes } = json;
  // attributes of OpenTelemetry are pairs of key and value, and no message
  const walk = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const item of value) {
        // a pair of time and line: only the line has blanks
        if (typeof item !== 'string') walk(item, depth + 1);
        else if (item.includes(' ')) found.push({ text: bytes(item) });
      }
    } else if (isObject(value) && !('key' in value && 'value' in value)) {
      const message = depth > 0 ? jsonMessage({ object: value, bytes }) : undefined;
      if (message !== undefined) found.push(message);
      else for (const inner of Object.values(value)) walk(inner, depth + 1);
    }
  };
  walk(json.object, 0);
  return found;
}

/** The message of an object, or undefined where it carries none. */
function jsonMessage({ object, bytes }: ParsedJson): JsonMessage | undefined {
  for (const scope of [object, ...NESTED.map((name) => object[name]).filter(isObject)]) {
    const text = MESSAGES.map((name) => scope[name]).find((value) => typeof value === 'string');
    if (typeof text !== 'string') continue;
    const program = [scope, object].flatMap((o) => PROGRAMS.map((name) => o[name])).find((value) => typeof value === 'string');
    return { text: bytes(text), program: typeof program === 'string' ? program : undefined };
  }
  return undefined;
}
