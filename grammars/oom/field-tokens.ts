import { createToken, type TokenType } from 'chevrotain';
import { Blank } from '../common/tokens.ts';
import { keyedText, upToFirst, upToLast } from './free-text.ts';

/** `first`: the characters a match may begin with, so that the lexer need not derive them from the pattern (which takes longer than lexing). */
export const word = (name: string, first: string, pattern: RegExp, push?: string): TokenType =>
  createToken({ name, pattern, line_breaks: false, start_chars_hint: [...first], ...(push === undefined ? {} : { push_mode: push }) });

export const DIGITS = '0123456789';
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';

// --- what nearly every line is made of: `key:123kB`, `key=0x1(FLAG|FLAG)` ---
export { Blank };
export const Hex = word('Hex', '0', /0x[0-9a-fA-F]+/);
export const Num = word('Num', `-${DIGITS}`, /-?\d+/);
/** `lB` is what the reaper of 4.6 printed for shmem-rss. */
export const Unit = word('Unit', 'kKl', /[kKl]B/);
export const Key = word('Key', LETTERS, /[A-Za-z_][\w-]*(?:\((?:anon|file)\)|\[\])?/);
export const Colon = word('Colon', ':', /:/);
export const Equals = word('Equals', '=', /=/);
export const Comma = word('Comma', ',', /,/);
export const Question = word('Question', '?', /\?/);
export const LParen = word('LParen', '(', /\(/);
export const RParen = word('RParen', ')', /\)/);
export const Pipe = word('Pipe', '|', /\|/);
export const Star = word('Star', '*', /\*/);
export const Slash = word('Slash', '/', /\//);
/** Whatever no rule expects: it is passed over instead of failing the line. */
export const Other = createToken({
  name: 'Other',
  pattern: /[^\s]/,
  line_breaks: false,
  start_chars_hint: Array.from({ length: 256 }, (_, i) => i),
});

export const NodeWord = word('NodeWord', 'N', /Node(?= +\d)/);
export const Constraint = word('Constraint', 'C', /CONSTRAINT_\w+/);

// --- values that are free text, each to the next key of the line ---
/** %*pbl: `0-1,4`; `(null)` where the allocation had no mask, printed so since 4.10. */
const NODE_LIST = String.raw`(?:\(null\)|\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)?`;
export const Nodemask = word('Nodemask', 'n', new RegExp(`nodemask=${NODE_LIST}`));
export const MemsAllowed = word('MemsAllowed', 'm', new RegExp(`mems_allowed=${NODE_LIST}`));
export const Cpuset = keyedText('Cpuset', 'cpuset=', upToFirst(',mems_allowed=', ' mems_allowed='));
export const OomMemcg = keyedText('OomMemcg', 'oom_memcg=', upToFirst(',task_memcg='));
export const TaskMemcg = keyedText('TaskMemcg', 'task_memcg=', upToLast(',task='));
export const TaskName = keyedText('TaskName', 'task=', upToLast(',pid='));
export const GlobalOom = word('GlobalOom', 'g', /global_oom/);

/** The tokens of an ordinary line; keys that begin like another come first. */
export const FIELDS: readonly TokenType[] = [
  Blank,
  Nodemask,
  MemsAllowed,
  Cpuset,
  OomMemcg,
  TaskMemcg,
  TaskName,
  GlobalOom,
  Constraint,
  NodeWord,
  Hex,
  Num,
  Unit,
  Key,
  Colon,
  Equals,
  Comma,
  Question,
  LParen,
  RParen,
  Pipe,
  Star,
  Slash,
  Other,
];
