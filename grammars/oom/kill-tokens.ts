import type { TokenType } from 'chevrotain';
import { Blank, FIELDS, word } from './field-tokens.ts';
import { freeText, keyedText, onlyFirst, type Reach, toLineEnd } from './free-text.ts';

// --- oom_kill_process(), __oom_kill_process() ---
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
export const OomKillerPinned = word('OomKillerPinned', 'o', /oom killer(?= \d)/);
export const PinnedBy = word('PinnedBy', 'h', /has mm pinned by(?= \d)/);
export const SharingSameMemory = word('SharingSameMemory', 's', /sharing same memory/);
export const Score = word('Score', 'ws', /(?:with )?score(?= -?\d)/);
export const Uid = word('Uid', 'U', /UID(?= \d)/);
/** RHEL 6 and OpenVZ: the container behind the pid. */
export const Xid = word('Xid', ':', /:#\d+/);
export const InCgroup = keyedText('InCgroup', 'in cgroup ', toLineEnd);

// --- oom_reap_task() ---
export const ReapedProcess = word('ReapedProcess', 'o', /oom_reaper: reaped process/);
export const UnableToReap = word('UnableToReap', 'o', /oom_reaper: unable to reap pid:/);

/** What the kernel prints behind a comm in parentheses. */
const AFTER_COMM = new RegExp(
  [
    String.raw`^(?:$|\.$|,? *$|,`, // the end of the line, a list that goes on
    ' total-vm:| vsz:|,? (?:now )?anon-rss:', // the victim's size
    ' (?:with )?score | sharing same memory| in cgroup ',
    ' is already exiting)',
  ].join('|'),
);
const COMM_LENGTH = 64;
/** `(jav a)`, `((java) total-vm:1kB)`: to the last parenthesis that something known follows; a name has 15 bytes, a worker's 63. */
const closingParen: Reach = (line, offset) => {
  if (line[offset] !== '(') return -1;
  const pinned = line.indexOf(') has mm pinned by ', offset);
  if (pinned > 0) return pinned + 1;
  for (let at = line.lastIndexOf(')', offset + COMM_LENGTH); at > offset; at = line.lastIndexOf(')', at - 1)) {
    if (AFTER_COMM.test(line.slice(at + 1, at + 24))) return at + 1;
  }
  const last = line.indexOf(')', offset);
  return last > offset ? last + 1 : line.length;
};
export const ParenComm = freeText('ParenComm', closingParen);

const [, ...REST] = FIELDS;
export const KILL_MODES: Readonly<Record<string, readonly TokenType[]>> = {
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
    Score,
    Uid,
    Xid,
    InCgroup,
    ParenComm,
    ...REST,
  ],
};
