import { createToken } from 'chevrotain';
import type { HeadRule } from '../call-trace/head.ts';
import { ANY_CHAR } from '../common/tokens.ts';

const VISIBLE = ANY_CHAR.filter((c) => c > 32);

/** A head whose line begins with free text (a comm, a file name): its token is looked at on every line. */
export const freeHead = (name: string, pattern: RegExp, ...fields: readonly RegExp[]): HeadRule => ({
  name,
  token: createToken({ name: `Head_${name}`, pattern, push_mode: 'text', line_breaks: false, start_chars_hint: VISIBLE }),
  fields,
});
