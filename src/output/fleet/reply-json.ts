import type { Reply } from '../../fleet/questions/reply.ts';
import { toPrettyJson, unobeyed } from '../json/event-json.ts';

/** The answer as one object. Ends with a newline. */
export const replyToJson = ({ question, title, rows, notes, more }: Reply): string =>
  `${toPrettyJson({ schemaVersion: 1, question, title, rows, notes, ...(more ? { more } : {}) })}\n`;

/** A row a line. */
export const replyToNdjson = ({ rows }: Reply): string => rows.map((row) => `${unobeyed(JSON.stringify(row))}\n`).join('');
