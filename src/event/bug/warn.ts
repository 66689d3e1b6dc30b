import { CHECK_MESSAGE, CHECKS } from '../../../grammars/bug/check-lines.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft, Naming } from '../facts/draft.ts';
import { type Facts, framesOf, lineOf, placeOf, said, saidBy } from '../facts/facts.ts';
import { present, type Said } from '../facts/said.ts';
import { dieDetails } from '../oops/die.ts';
import { warnTitle } from './warn-title.ts';

/** Characters of a message that are kept. */
const MESSAGE_LIMIT = 400;
/** Lines behind a WARN's head in which its message stands, until 4.14; before 3.x the hardware's name stood between. */
const NEAR = 2;

/** A WARN; undefined where the report holds none. */
export function buildWarn(facts: Facts): Draft | undefined {
  const node = lineOf(facts, CHECKS.__warn, CHECKS.warn_on);
  if (node === undefined) return undefined;
  const { condition, file, line } = saidBy(facts, CHECKS.__warn, node);
  const message = messageOf(facts, node)?.map((text) => text.slice(0, MESSAGE_LIMIT));
  // __warn() itself names the function; the RIP behind may be an outlined half of it.
  const named = node.frame ?? facts.at;
  const { kind, title, skip, alt } = warnTitle(file?.value, named?.symbol, message?.value);
  const naming: Naming = {
    title,
    frames: named === undefined ? undefined : framesOf(facts.stacks, named),
    skip,
    alt,
    ...(title.includes('{f}') ? {} : { bare: title }),
  };
  return baseDraft(facts, {
    kind,
    severity: kind === 'hard-lockup' ? 'error' : 'warning',
    naming,
    extra: { ...placeOf(facts, node), details: present({ message, condition, file, line, ...dieDetails(facts) }) },
  });
}

/** What the WARN says: the line before its head (behind `cut here`, since 4.15) or right behind it. */
function messageOf(facts: Facts, warn: HeadNode): Said<string> | undefined {
  const own = said(facts, CHECKS.refcount_warn_saturate) ?? said(facts, CHECKS.debug_print_object);
  if (own?.message !== undefined) return own.message;
  const messages = facts.heads.filter(({ row }) => row === CHECK_MESSAGE);
  const node =
    messages.findLast(({ line }) => line === warn.line - 1) ?? messages.find(({ line }) => line > warn.line && line <= warn.line + NEAR);
  return node === undefined ? undefined : saidBy(facts, CHECK_MESSAGE, node).message;
}
