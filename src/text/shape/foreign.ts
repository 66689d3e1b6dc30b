/** What stands beside a kernel's lines in one text and is not the kernel's. */
export type ForeignKind =
  | 'mail'
  | 'shell session'
  | 'tree drawing'
  | 'kernel configuration'
  | 'patch'
  | 'source code'
  | 'JSON'
  | 'markdown'
  | 'web server log'
  | 'application log'
  | 'init messages'
  | 'hypervisor log'
  | 'output of lastkmsg'
  | 'prose';

const HEADERS = [
  'From|To|Cc|Bcc|Subject|Date|Message-I[dD]|In-Reply-To|References|Reply-To|Sender|Received|Return-Path|Delivered-To',
  'Content-[A-Z][\\w-]+|MIME-Version|User-Agent|X-[\\w-]+|List-[\\w-]+|Organization|Precedence',
  '(?:Reported|Tested|Reviewed|Acked|Suggested|Signed-off|Reported-and-tested)-by|Fixes|Link|Closes',
].join('|');

const LEVEL = '(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)';

/** The calls that print: in a program or in a patch of one the format stands as a string. */
const PRINTS = String.raw`(?:pr_(?:emerg|alert|crit|err|warn|notice|info|cont|debug)\w*|printk\w*|(?:net)?dev_(?:err|warn|info|notice|crit|dbg)\w*)`;

/** Each says for itself that no kernel printed the line. */
const KINDS: readonly (readonly [ForeignKind, RegExp])[] = [
  ['mail', new RegExp(`^(?:${HEADERS}): `)],
  [
    'mail',
    /^(?:On|Am|Le|El|Il|Em|Op) .{4,160}(?: wrote| schrieb.*| a \xc3\xa9crit ?| escribi\xc3\xb3| ha scritto| escreveu| schreef.*):$|^-- $/,
  ],
  ['shell session', /^\[?[\w.-]+@[\w.-]+[ :][^$#\n]{0,120}?\]?[$#%](?: |$)|^\$ \w|^# (?:dmesg|cat|uname|journalctl|lsblk|ls|mount)\b/],
  // syslogd on every terminal: the message itself is the next line
  ['shell session', /^(?:Broadcast message|Message) from \S+ .*(?:\.\.\.|:)$/],
  ['tree drawing', /^[ \t]*(?:\|[ `])*(?:\xe2\x94[\x80-\xbf]|\xe2\x95[\x80-\xbf]|[|`]-)/],
  ['kernel configuration', /^CONFIG_\w+=|^# CONFIG_\w+ is not set/],
  ['patch', /^(?:diff --git |index [\da-f]{7,}\.\.[\da-f]{7,}|@@ -\d+(?:,\d+)? \+\d|\+\+\+ [ab]\/|--- [ab]\/)/],
  [
    'source code',
    /^[ \t]*(?:#include|#define|#ifdef|import |export |const |let |var |static |struct |typedef |return[ ;]|def |class |function )/,
  ],
  ['source code', new RegExp(String.raw`^(?:[>|] ?){0,4}[-+ \t]*${PRINTS}\((?:KERN_\w+ |[\w>&-]+, ?)?"`)],
  ['source code', /^[ \t]*(?:\/\/|\/\*|\*\/|\* (?!\[ *\d+\.\d))|^[ \t]*[}\])]+[;,)]*$/],
  // an object printed over several lines: its brackets, its fields but for long texts
  ['JSON', /^[ \t]*(?:[{[]|"[\w@.-]{1,64}"\s?:\s?(?:-?\d[\d.eE+-]*|true|false|null|[{[]|\[\]|\{\}|"[^" ]{0,64}"),?)$/],
  ['markdown', /^(?:#{1,6} \S|```|\|.*\|$|!\[|\[[^\]\n]+\]\(https?:|<!--)/],
  ['web server log', /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[\w+\] \d+#\d+|^[\da-f.:]{3,45} \S+ \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/],
  ['web server log', /^\[\w{3} \w{3} \d\d [\d:.]{8,15} \d{4}\] \[[\w:]+\] /],
  ['application log', new RegExp(`^\\[?\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S{0,12}\\]? +[[(]?(?:\\w{1,40}\\] )?${LEVEL}\\b`)],
  ['application log', /^(?:time|ts|level)="?[\w-]{3,}.* (?:msg|level)=|^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ /],
  ['application log', /^\[ *\d+\.\d{3}\] \((?:II|WW|EE|==|\*\*|--|\+\+|!!|NI|\?\?)\) /],
  [
    'init messages',
    /^\[ *(?:OK|FAILED|DEPEND|WARN|INFO|TIME|SKIP) *\] |^ {9}(?:Starting|Stopping|Mounting|Unmounting|Activating|Expecting) /,
  ],
  // but for the words with which Xen itself dies (grammars/bug/panic-lines.ts), and what it was called with
  ['hypervisor log', /^\((?:XEN|d\d+)\) (?!(?:\[[^\]]{1,40}\] )?(?:Panic on CPU \d|FATAL |Xen BUG at |Assertion '))/],
];
/** Each alternative stands at the beginning of a line: the engine looks nowhere else. */
const ANY = new RegExp(KINDS.map(([, { source }]) => source).join('|'));
/**
 * The letters that those of {@link KINDS} begin with which begin with a letter, two of each; but for a shell's prompt, which has an `@`,
 * an address, and the level with a digit of glog. Nine lines of ten begin otherwise, and no pattern is asked.
 */
const BEGINNINGS = [
  'Fr To Cc Bc Su Da Me In Re Se De Co MI Us X- Li Or Pr Te Ac Si Fi Cl', // mail
  'On Am Le El Il Em Op Br CO',
  'di in im ex co le va st ty re de cl fu ti ts pr ne',
].flatMap((row) => row.split(' '));
const [DIGITS, HEX] = ['0123456789', 'abcdef'];
const PAIRS = new Uint8Array(1 << 14);
const mark = (firsts: string, seconds: string): void => {
  for (const a of firsts) for (const b of seconds) PAIRS[(a.charCodeAt(0) << 7) | b.charCodeAt(0)] = 1;
};
for (const [a = '', b = ''] of BEGINNINGS) mark(a, b);
mark(HEX, `${DIGITS}${HEX}.:`);
mark('IWEF', DIGITS);

/** Whether a line may be of one of {@link KINDS}, by its first two characters. */
function mayBeOfAny(line: string): boolean {
  const first = line.charCodeAt(0);
  if (!((first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a))) return true;
  const second = line.charCodeAt(1);
  return !(second < 0x80) || PAIRS[(first << 7) | second] === 1 || line.includes('@');
}

/** The end of a statement, asked only of a line that ends with its last character. */
const STATEMENT = /[\w)\]"':>=] ?[{;]$/;
/** The lines of lockdep's scenario end as a program's do. */
const LOCKDEP = /^[ \t]*(?:\w*lock(?:_\w+)?\(|<Interrupt>|DEADLOCK|#\d+:)/;

/** Words that people write and a kernel hardly prints; two of them and no address make a sentence. */
const PERSONAL = [
  "I|I'm|I've|I'd|my|me|we|our|us|you|your|he|she|they|please|thanks|thank|hello|hi|hey|dear|regards|cheers",
  "is|are|was|were|because|but|after|when|while|would|could|should|does|doesn't|don't|can't|didn't|isn't|seems|seem",
  'which|what|why|how|also|just|then|now|this|that|these|those|there|here|any|some|about|into|got|get|see|think|below|above',
].join('|');
const WORD = new RegExp(`\\b(?:${PERSONAL})\\b`, 'gi');
const TECHNICAL = /\+0x[\da-f]|\b[\da-f]{8,16}\b|^\[|\[<|0x[\da-f]{4,}/;

/** What a line is that is surely not the kernel's. */
export function foreignKind(line: string): ForeignKind | undefined {
  const kind =
    mayBeOfAny(line) && ANY.test(line)
      ? KINDS.find(([, pattern]) => pattern.test(line))?.[0]
      : endsStatement(line)
        ? 'source code'
        : undefined;
  return kind === 'source code' && LOCKDEP.test(line) ? undefined : kind;
}

function endsStatement(line: string): boolean {
  const last = line.charCodeAt(line.length - 1);
  return (last === 0x7b || last === 0x3b) && STATEMENT.test(line.slice(-3));
}

/** A sentence: said of a line only where its neighbours do not look like a kernel's. */
export function isSentence(line: string): boolean {
  if (line.length < 20 || TECHNICAL.test(line)) return false;
  const found = line.match(WORD)?.length ?? 0;
  return found >= 2 && line.split(/\s+/).length >= 5;
}
