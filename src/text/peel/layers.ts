import { CLOCK } from './clocks.ts';

/** What programs, people and their tools put before a line. */
export type LayerKind = 'blank' | 'quote' | 'markup' | 'number' | 'clock' | 'file' | 'container' | 'severity' | 'bullet' | 'name';

/** What may begin with a character of the class; each is tried where the one before ended. Sticky: none looks beyond its line. */
type Table = readonly (readonly [LayerKind, RegExp])[];

const CLOCKS: Table = [['clock', CLOCK]];
// `ts %.s`: seconds since 1970 or since it was started
const SECONDS: Table = [['clock', /\d{1,10}\.\d{1,9}:?[ \t]+/y]];
// `00: ` of z/VM, `grep -n`, `cat -n`, `less -N`
const NUMBERS: Table = [['number', /\d{1,7}(?:[:)|.]|-(?=[ [<]))(?!\d)[ \t]?|\d{1,7}\t/y]];
// `grep -H`, `tail -f` of several files
const FILES: Table = [
  ['file', /(?:(?:[\w.~+-]*\/)+[\w.~+-]+|[\w.+-]{1,80}\.(?:log|txt|\d+|out|gz|dmesg|console)|dmesg|messages|syslog):(?:\d+[:-])?[ \t]?/y],
];
// docker compose, docker service; kubectl logs --prefix; the files that a container runtime writes
const CONTAINERS: Table = [['container', /[\w.@-]{1,80} *\|(?=[ \t]|$) ?|\[[\w.-]+\/[\w./-]{1,200}\] |std(?:out|err) [FP] /y]];
const SEVERITIES: Table = [
  ['severity', /[[<]?(?:debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|alert|emerg(?:ency)?|fatal|trace)[\]>]?:?[ \t]+/iy],
];
const MARKUP: Table = [
  ['markup', /\{(?:noformat|code|quote|color)[^}\n]{0,40}\}|\[\/?(?:code|quote|pre|spoiler)(?:=[^\]\n]{0,40})?\]|`{3}\w*/iy],
  [
    'markup',
    /<\/?(?:pre|code|p|br|div|span|tt|samp|li|td|tr|blockquote|msg|message|text|line|log|entry|data|string|value|event)\b[^>\n]{0,80}>/iy,
  ],
];
const BLANKS: Table = [['blank', /[ \t]+/y]];
/** Who logs what it read from a console, behind the time: Python's logging, log4j. Only where the kernel's own stamp follows. */
const NAMES: Table = [
  ['name', /(?![^[\n]{0,160}\bkern)(?:[\w.@/-]{1,80}(?:\[\d+\])?[: ] ?(?:- )?){1,3}(?=(?:<\d{1,3}>)?\[ {0,11}\d{1,10}\.\d{6}\])/y],
];
// mail, tables of ticket systems, `>>>` of chat logs
const QUOTES: Table = [['quote', /(?:> ?){1,16}|(?:\|(?=[ \t]|$)|\xe2\x94\x82|\xe2\x94\x83) ?/y]];
const BULLETS: Table = [['bullet', /[+*-](?=[[<])|[*-] (?=[[<])/y]];

/** What may stand at `pos`, by its first character, by what the line has at all, and by the layer before it. */
export function candidates(line: string, pos: number, last?: LayerKind): Table {
  const code = line.charCodeAt(pos);
  if (code === 0x20 || code === 9) return BLANKS;
  if (code === 0x3e || code === 0x7c || code === 0xe2) return QUOTES;
  if (code === 0x2b || code === 0x2a || code === 0x2d) return BULLETS;
  const bracket = code === 0x5b || code === 0x3c || code === 0x28;
  if (bracket) return BRACKETED;
  if (code === 0x7b || code === 0x60) return MARKUP;
  const digit = code >= 0x30 && code <= 0x39;
  if (last === 'clock' || last === 'severity') return BEHIND_CLOCK;
  if (line.indexOf(':', pos) >= 0) return digit ? DIGIT : WORD;
  if (line.indexOf('|', pos) >= 0) return CONTAINERS;
  return digit ? NUMBERS_ALONE : SEVERITIES;
}

const BRACKETED: Table = [...MARKUP, ...CLOCKS, ...CONTAINERS, ...SEVERITIES];
const DIGIT: Table = [...CLOCKS, ...NUMBERS, ...FILES, ...CONTAINERS, ...SECONDS];
const WORD: Table = [...CLOCKS, ...FILES, ...CONTAINERS, ...SEVERITIES];
const NUMBERS_ALONE: Table = [...NUMBERS, ...SECONDS];
const BEHIND_CLOCK: Table = [...CLOCKS, ...NUMBERS, ...FILES, ...CONTAINERS, ...SEVERITIES, ...NAMES];

/** More layers than this nobody piles up; a longer prefix is text. */
export const MAX_LAYERS = 8;
/** Where a kernel's line must have begun. */
export const MAX_PREFIX = 240;
