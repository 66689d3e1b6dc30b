import { createToken, Lexer, type TokenType } from 'chevrotain';
import { freeText, keyedText, onlyFirst, type Reach, toLineEnd, upToFirst, upToLast } from './lexing.ts';

/** `first`: the characters a match may begin with, so that the lexer need not derive them from the pattern (which takes longer than lexing). */
const word = (name: string, first: string, pattern: RegExp, push?: string): TokenType =>
  createToken({ name, pattern, line_breaks: false, start_chars_hint: [...first], ...(push === undefined ? {} : { push_mode: push }) });

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';

// --- what nearly every line is made of: `key:123kB`, `key=0x1(FLAG|FLAG)` ---
export const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r\n]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
  start_chars_hint: [' ', '\t', '\r', '\n'],
});
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
/** Whatever no rule expects: it ends a repetition instead of failing the line. */
export const Other = createToken({
  name: 'Other',
  pattern: /[^\s]/,
  line_breaks: false,
  start_chars_hint: Array.from({ length: 256 }, (_, i) => i),
});

export const NodeWord = word('NodeWord', 'N', /Node(?= +\d)/);
export const PerCpu = word('PerCpu', 'p', /per-cpu:/);

// --- values that are free text, each to the next key of the line ---
/** %*pbl: `0-1,4`; `(null)` where the allocation had no mask, printed so since 4.10. */
const NODE_LIST = '(?:\\(null\\)|\\d+(?:-\\d+)?(?:,\\d+(?:-\\d+)?)*)?';
export const Nodemask = word('Nodemask', 'n', new RegExp(`nodemask=${NODE_LIST}`));
export const MemsAllowed = word('MemsAllowed', 'm', new RegExp(`mems_allowed=${NODE_LIST}`));
export const Cpuset = keyedText('Cpuset', 'cpuset=', upToFirst(',mems_allowed=', ' mems_allowed='));
export const OomMemcg = keyedText('OomMemcg', 'oom_memcg=', upToFirst(',task_memcg='));
export const TaskMemcg = keyedText('TaskMemcg', 'task_memcg=', upToLast(',task='));
export const TaskName = keyedText('TaskName', 'task=', upToLast(',pid='));
export const GlobalOom = word('GlobalOom', 'g', /global_oom/);

// --- mem_cgroup_print_oom_group() ---
export const TasksIn = keyedText('TasksIn', 'Tasks in ', upToLast(' are going to be killed'));

// --- slab_out_of_memory() ---
export const SlabUnable = word('SlabUnable', 'S', /SL[AU]B: Unable to allocate memory/);
export const CacheName = keyedText('CacheName', 'cache: ', upToFirst(', object size:'));

// --- cma_alloc(), alloc_vmap_area() ---
export const CmaPrefix = word('CmaPrefix', 'c', /cma:/);
export const AllocFailed = word('AllocFailed', 'a', /alloc failed, req-size:/);
export const VmapFailed = word('VmapFailed', 'v', /vmap allocation for size/);
export const VmallocRange = word('VmallocRange', 'v', /vmalloc_node_range for size/);

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
  TasksIn,
  SlabUnable,
  CacheName,
  CmaPrefix,
  AllocFailed,
  VmapFailed,
  VmallocRange,
  NodeWord,
  PerCpu,
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

// --- dump_header() ---
export const InvokedOomKiller = word('InvokedOomKiller', 'i', /invoked oom-killer:/, 'fields');
export const InvokerComm = freeText('InvokerComm', onlyFirst(upToLast(' invoked oom-killer:')));

// --- cpuset_print_task_mems_allowed(), cpuset_print_current_mems_allowed() before 5.0 ---
export const CpusetComm = freeText('CpusetComm', onlyFirst(upToLast(' cpuset=')), 'fields');

// --- warn_alloc(), warn_alloc_failed(), and what else ends in `order:…, mode:…` ---
const ALLOC_REASONS = [': page allocation failure', ': page allocation stalls', ': vmalloc'];
export const AllocComm = freeText(
  'AllocComm',
  onlyFirst((line) => {
    const at = Math.max(...ALLOC_REASONS.map((reason) => line.lastIndexOf(reason)));
    return at > 0 ? at : upToFirst(': ')(line, 0);
  }),
);
export const PageAllocationFailure = word('PageAllocationFailure', 'p', /page allocation failure[.:]?/, 'fields');
export const PageAllocationStalls = word('PageAllocationStalls', 'p', /page allocation stalls for/, 'fields');
export const AllocReason = freeText('AllocReason', upToFirst(' order:', ', mode:'), 'fields');

// --- oom_kill_process(), __oom_kill_process(), the reaper ---
const KILL_WORDS = ['Killed process ', 'Kill process ', 'kill process ', 'OOM victim '];
export const KillMessage = freeText(
  'KillMessage',
  onlyFirst((line) => {
    const found = KILL_WORDS.map((w) => line.indexOf(w)).filter((at) => at >= 0);
    return found.length > 0 ? Math.min(...found) : -1;
  }),
);
export const KilledProcess = word('KilledProcess', 'K', /Killed process/);
export const KillProcess = word('KillProcess', 'Kk', /[Kk]ill process/);
export const OomVictim = word('OomVictim', 'O', /OOM victim/);
export const ReapedProcess = word('ReapedProcess', 'o', /oom_reaper: reaped process/);
export const UnableToReap = word('UnableToReap', 'o', /oom_reaper: unable to reap pid:/);
export const OomKillerPinned = word('OomKillerPinned', 'o', /oom killer(?= \d)/);
export const PinnedBy = word('PinnedBy', 'h', /has mm pinned by/);
export const SharingSameMemory = word('SharingSameMemory', 's', /sharing same memory/);
export const AlreadyExiting = word('AlreadyExiting', 'i', /is already exiting/);
export const Score = word('Score', 'ws', /(?:with )?score/);
export const Uid = word('Uid', 'U', /UID(?= \d)/);
export const Xid = word('Xid', ':', /:#\d+/);
export const InCgroup = keyedText('InCgroup', 'in cgroup ', toLineEnd);
const AFTER_COMM =
  /^(?:$|\.$|,? *$| total-vm:| vsz:| (?:with )?score | sharing same memory| in cgroup |, (?:now )?anon-rss:| has mm pinned by | is already exiting|,)/;
const COMM_LENGTH = 64;
/** `(jav a)`, `((java) total-vm:1kB)`: to the last parenthesis that something known follows; a name has 15 bytes, a worker's 63. */
const closingParen: Reach = (line, offset) => {
  if (line[offset] !== '(') return -1;
  for (let at = line.lastIndexOf(')', offset + COMM_LENGTH); at > offset; at = line.lastIndexOf(')', at - 1)) {
    if (AFTER_COMM.test(line.slice(at + 1, at + 24))) return at + 1;
  }
  const last = line.indexOf(')', offset);
  return last > offset ? last + 1 : line.length;
};
export const ParenComm = freeText('ParenComm', closingParen);

// --- dump_unreclaimable_slab() ---
export const SlabName = freeText(
  'SlabName',
  onlyFirst((line) => {
    const found = /\s+\d+[kK]B\s+\d+[kK]B\s*$/.exec(line);
    return found ? found.index : -1;
  }),
  'fields',
);

// --- alloc_tag_top_users(), since 6.10 ---
export const SizeText = word('SizeText', DIGITS, /\d+(?:\.\d+)? [KMGTPE]?i?B/);
export const FileLine = word('FileLine', `${LETTERS}.`, /[A-Za-z_.][\w./-]*:\d+/);
export const ModuleName = word('ModuleName', '[', /\[[\w-]+\]/);
export const FuncName = word('FuncName', 'f', /func:[\w.]+/);

/** Modes by name; a line is lexed in the mode of its rule. */
export const MODES: Record<string, readonly TokenType[]> = {
  fields: FIELDS,
  invoked: [InvokedOomKiller, InvokerComm, Blank],
  cpusetLine: [CpusetComm, Blank],
  alloc: [Blank, PageAllocationFailure, PageAllocationStalls, AllocComm, Colon, AllocReason],
  kill: [
    Blank,
    ReapedProcess,
    UnableToReap,
    OomKillerPinned,
    KillMessage,
    KilledProcess,
    KillProcess,
    OomVictim,
    PinnedBy,
    SharingSameMemory,
    AlreadyExiting,
    Score,
    Uid,
    Xid,
    InCgroup,
    ParenComm,
    ...FIELDS.slice(1),
  ],
  slab: [SlabName, Blank],
  tags: [Blank, SizeText, FileLine, FuncName, ModuleName, Num, Other],
};
