/** How people and programs pass a kernel's log on. Each takes the lines of a log and gives those of another text that holds the same. */
export interface Disguise {
  readonly name: string;
  readonly apply: (lines: readonly string[]) => readonly string[];
  /** What the text no longer says. */
  readonly destroys?: string;
}

const STAMP = /^\[ *(\d+)\.(\d{6})\](?:\[ *[TC]\d+\])? ?/;
const two = (n: number): string => String(n).padStart(2, '0');

/** A clock of the day that goes with the kernel's time, one that starts anew with each boot: the lines of a boot never go back. */
const clockOf = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

/** Each line with the seconds of the last stamp up to it; a boot that follows another begins ten minutes later. */
function timed(lines: readonly string[]): { readonly line: string; readonly seconds: number }[] {
  let offset = 1000;
  let last = 0;
  return lines.map((line) => {
    const seconds = STAMP.exec(line)?.[1];
    if (seconds !== undefined) {
      if (Number(seconds) < last - 10) offset += last + 600;
      last = Number(seconds);
    }
    return { line, seconds: offset + last };
  });
}

/** As mail programs break lines: at the last blank that fits, which is lost. */
function wrapped(line: string, width: number): string[] {
  const out: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const head = /^(?:<\d+>)?\[ *\d+\.\d{6}\]/.exec(rest)?.[0].length ?? 0;
    const at = rest.lastIndexOf(' ', width);
    const cut = at > head ? at : rest.indexOf(' ', Math.max(width, head + 1));
    if (cut < 0) break;
    out.push(rest.slice(0, cut));
    rest = rest.slice(cut + 1).trimStart();
  }
  out.push(rest);
  return out;
}

const PROSE = [
  'Hello list,',
  '',
  'since the update this machine dies about once a day, and I have no idea why. It is',
  'an old box with two disks, and what follows is what it said. Any help is welcome.',
  '',
  'NAME   MAJ:MIN RM  SIZE RO TYPE MOUNTPOINTS',
  'sda      8:0    0  1,8T  0 disk ',
  '\u251c\u2500sda1   8:1    0  512M  0 part /boot',
  '$ dmesg',
];

/** Prose before and behind, and every few screens between two lines that begin a record. */
function amidProse(lines: readonly string[]): string[] {
  const out = [...PROSE];
  lines.forEach((line, i) => {
    if (i > 0 && i % 150 === 0) out.push('', 'And then it went on like this, after I had pressed the button:', '');
    out.push(line);
  });
  return [...out, '', 'Thanks for reading so far,', 'a user'];
}

const each =
  (change: (line: string) => string) =>
  (lines: readonly string[]): string[] =>
    lines.map(change);

const syslog = (lines: readonly string[]): string[] =>
  timed(lines).map(({ line, seconds }) => `Nov 22 ${clockOf(seconds)} host1 kernel: ${line}`);

/** What a log store answers, as jq prints it: the line is one field of several of each object. */
const printed =
  (object: (line: string) => object) =>
  (lines: readonly string[]): string[] =>
    JSON.stringify({ took: 5, hits: { total: { value: lines.length }, hits: lines.map(object) } }, undefined, 2).split('\n');

const escaped = (line: string): string => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const WEEKDAY = '\u041f\u043d';
const MONTH = '\u0438\u044e\u043b';

/** The twelve of issue 12. */
export const DISGUISES: readonly Disguise[] = [
  { name: 'indent', apply: each((line) => `    ${line}`) },
  { name: 'quote', apply: each((line) => `> ${line}`) },
  { name: 'tag', apply: each((line) => `kernel: ${line}`) },
  { name: 'host', apply: syslog },
  { name: 'caller', apply: each((line) => line.replace(STAMP, (stamp) => `${stamp.trimEnd()}[    T1] `)) },
  { name: 'json', apply: each((line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-11-22T22:06:37.123456789Z' })) },
  { name: 'wrap-72', apply: (lines) => lines.flatMap((line) => wrapped(line, 72)), destroys: 'blanks at a break' },
  { name: 'no-break spaces', apply: each((line) => line.replaceAll(' ', '\u00a0')) },
  { name: 'prose', apply: amidProse },
  { name: 'crlf', apply: each((line) => `${line}\r`) },
  {
    name: 'locale',
    apply: (lines) =>
      timed(lines).map(({ line, seconds }) => line.replace(STAMP, () => `[${WEEKDAY} ${MONTH} 27 ${clockOf(seconds)} 2026] `)),
    destroys: 'the time since boot',
  },
  {
    name: 'two forms',
    apply: (lines) => {
      const half = lines.length >> 1;
      return [...lines.slice(0, half), ...syslog(lines.slice(half))];
    },
  },
];

/** Others that people send. */
export const MORE_DISGUISES: readonly Disguise[] = [
  { name: 'docker compose', apply: each((line) => `vm_1     | ${line}`) },
  { name: 'container clock', apply: each((line) => `2026-11-22T22:06:37.123456789Z ${line}`) },
  { name: 'chat', apply: (lines) => timed(lines).map(({ line, seconds }) => `  ${clockOf(seconds)} >>> ${line}`) },
  { name: 'z/VM', apply: each((line) => `00: ${line}`) },
  { name: 'grep -n', apply: (lines) => lines.map((line, i) => `${i + 1}:${line}`) },
  { name: 'tab', apply: each((line) => `\t${line}`) },
  { name: 'quoted twice', apply: each((line) => `> > ${line}`) },
  { name: 'bar', apply: each((line) => `| ${line}`) },
  { name: 'unknown prefix', apply: each((line) => `{ttyS0@rack-7} ${line}`) },
  { name: 'host without date', apply: each((line) => `host1 kernel: ${line}`) },
  { name: 'no host', apply: each((line) => `2026-11-22T22:06:37.123456+01:00 (none) kernel: ${line}`) },
  { name: 'colours without ESC', apply: each((line) => line.replace(/^(\[ *\d+\.\d{6}\]) ?(.*)/, '[32m$1 [0m[33m$2[0m')) },
  { name: 'two blanks behind the tag', apply: each((line) => `Nov 22 22:06:37 host1 kernel:  ${line}`) },
  { name: 'tag with pid 0', apply: each((line) => `Nov 22 22:06:37 host1 kernel[0]: ${line}`) },
  { name: 'decimal comma', apply: each((line) => line.replace(/^\[( *\d+)\.(\d{6})\]/, '[$1,$2]')) },
  {
    name: 'mail in base64',
    apply: (lines) => [
      ...['From: a@example.org', 'Subject: crash', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset="utf-8"'],
      ...['Content-Transfer-Encoding: base64', ''],
      ...(Buffer.from(`${lines.join('\n')}\n`)
        .toString('base64')
        .match(/.{1,76}/g) ?? []),
      '',
    ],
  },
  { name: 'entities', apply: each(escaped) },
  {
    name: 'quoted-printable',
    apply: (lines) =>
      lines.flatMap((line) => {
        const coded = line.replaceAll('=', '=3D');
        const out: string[] = [];
        for (let at = 0; at < coded.length; ) {
          let end = Math.min(coded.length, at + 75);
          if (end < coded.length) while (/=[\dA-F]?$/.test(coded.slice(at, end))) end--;
          out.push(coded.slice(at, end) + (end < coded.length ? '=' : ''));
          at = end;
        }
        return out.length > 0 ? out : [''];
      }),
  },
  { name: 'terminal of 80 columns', apply: (lines) => lines.flatMap((line) => line.match(/.{1,80}/g) ?? ['']) },
  {
    name: 'quoted and wrapped',
    apply: (lines) => lines.flatMap((line) => wrapped(line, 72)).map((line) => `> ${line}`),
    destroys: 'blanks at a break',
  },
  {
    name: 'quoted, then wrapped',
    apply: (lines) => lines.flatMap((line) => wrapped(`> ${line}`, 74)),
    destroys: 'blanks at a break',
  },
  { name: 'ansible', apply: each((line) => `            ${JSON.stringify(line)},`) },
  {
    name: 'talosctl',
    apply: each((line) => `kern: warning: [2026-11-22T22:06:37.123456789Z]: ${line.replace(STAMP, '')}`),
    destroys: 'the time since boot',
  },
  { name: 'logcat', apply: each((line) => `11-22 22:06:37.123     0     0 W kernel  : ${line}`) },
  { name: 'logcat, without a tag', apply: each((line) => `11-22 22:06:37.123     0     0 W         : ${line}`) },
  { name: 'logcat, brief', apply: each((line) => `W/kernel  (    0): ${line}`) },
  { name: 'ChromeOS', apply: each((line) => `2026-11-22T22:06:37.123456Z WARNING kernel: ${line}`) },
  { name: 'wall', apply: (lines) => lines.flatMap((line) => ['', 'Message from syslogd@host1 at Nov 22 22:06:37 ...', ` kernel:${line}`]) },
  { name: 'kern.warn', apply: each((line) => `kern.warn: ${line}`) },
  { name: 'busybox', apply: each((line) => `Nov 22 22:06:37 host1 kern.warn kernel: ${line}`), destroys: 'which lines had a level' },
  { name: 'kubectl', apply: each((line) => `[pod/dmesg-x7k2p/shell] ${line}`) },
  { name: 'clock and tag', apply: each((line) => `22:06:37 kernel: ${line.replace(STAMP, '')}`), destroys: 'the time since boot' },
  { name: 'ISO with a blank', apply: each((line) => `2026-11-22 22:06:37 ${line}`) },
  { name: 'grep -H', apply: (lines) => lines.map((line, i) => `/var/log/messages:${i + 1}:${line}`) },
  { name: 'GitHub', apply: each((line) => `2026-11-22T22:06:37.1234567Z ${line}`) },
  { name: 'GitLab', apply: each((line) => `2026-11-22T22:06:37.123456Z 01O ${line}`) },
  { name: 'Jenkins', apply: each((line) => `[2026-11-22T22:06:37.123Z] ${line}`) },
  { name: 'ts', apply: each((line) => `Nov 22 22:06:37 ${line}`) },
  {
    name: 'JSON message',
    apply: (lines) => lines.map((message, i) => JSON.stringify({ '@timestamp': '2026-11-22T22:06:37Z', seq: i, message })),
  },
  { name: 'journal in one line', apply: (lines) => [syslog(lines).join(' ')] },
  {
    name: 'dmesg -T in one line',
    apply: (lines) => [
      timed(lines)
        .map(({ line, seconds }) => `[Mon Jul 27 ${clockOf(seconds)} 2026] ${line.replace(STAMP, '')}`)
        .join(' '),
    ],
    destroys: 'the time since boot',
  },
  { name: 'JSON hits, printed', apply: printed((message) => ({ _index: 'syslog', _source: { process: { name: 'kernel' }, message } })) },
  { name: 'JSON attributes, printed', apply: printed((message) => ({ id: 'x', type: 'log', attributes: { status: 'info', message } })) },
  { name: 'JSON values, printed', apply: printed((value) => ({ ts: 1790000000.123, level: 'warn', value })) },
  {
    name: 'HTML table',
    apply: (lines) => ['<table>', ...lines.map((line) => `<tr><td>22:06:37</td><td>${escaped(line)}</td></tr>`), '</table>'],
  },
  {
    name: 'XML',
    apply: (lines) => lines.flatMap((line) => ['<entry>', '<time>2026-11-22T22:06:37Z</time>', `<msg>${escaped(line)}</msg>`, '</entry>']),
  },
  {
    name: 'JSON of syslog, printed',
    apply: (lines) => printed((_raw) => ({ _raw, host: 'host1' }))(syslog(lines)),
  },
  {
    name: 'JSON of OpenTelemetry',
    apply: each((stringValue) =>
      JSON.stringify({
        attributes: [{ key: 'host.name', value: { stringValue: 'host1' } }],
        logRecords: [{ severityText: 'WARN', body: { stringValue } }],
      }),
    ),
  },
  { name: 'JSON text payload', apply: each((line) => JSON.stringify({ insertId: 'x', resource: { type: 'gce' }, textPayload: line })) },
  {
    name: 'JSON with a kernel ident',
    apply: each((line) => JSON.stringify({ host: 'h', ident: 'kernel', message: line.replace(STAMP, '') })),
    destroys: 'the time since boot',
  },
  { name: 'HTML', apply: (lines) => ['<html><body><pre>', ...lines.map((line) => `${escaped(line)}<br/>`), '</pre></body></html>'] },
  { name: 'Jira', apply: (lines) => ['h2. Log', '{noformat}', ...lines, '{noformat}', 'seen twice'] },
  { name: 'Markdown', apply: (lines) => ['## Steps', '', '1. boot', '', '```', ...lines, '```', '', '- [ ] fixed'] },
  {
    name: 'typography',
    apply: each((line) =>
      line
        .replace(/'(\S[^']*)'/g, '\u2018$1\u2019')
        .replace(/"([^"]*)"/g, '\u201c$1\u201d')
        .replace(' - not', ' \u2013 not'),
    ),
  },
  {
    name: 'journalctl in Russian',
    apply: (lines) => timed(lines).map(({ line, seconds }) => `${MONTH} 27 ${clockOf(seconds)} host1 kernel: ${line.replace(STAMP, '')}`),
    destroys: 'the time since boot',
  },
  { name: 'collapsed blanks', apply: each((line) => line.replace(STAMP, (stamp) => stamp.replace(/ +/g, ' '))) },
  { name: 'Samsung', apply: each((line) => line.replace(STAMP, (stamp) => `${stamp.trimEnd()}  [2:      swapper/0:    1] `)) },
  {
    name: 'tail of a journal',
    apply: (lines) =>
      lines.flatMap((line, i) => [
        `Nov 22 22:06:37 host1 kernel: ${line}`,
        ...(i % 7 === 3 ? [`Nov 22 22:06:37 host1 app[${i}]: BUG: nothing of the kernel's`] : []),
      ]),
  },
  { name: 'kernel configuration', apply: (lines) => [...Array.from({ length: 80 }, (_, i) => `CONFIG_OPTION_${i}=y`), '', ...lines] },
  { name: 'conserver', apply: (lines) => timed(lines).map(({ line, seconds }) => `[Sun Nov 22 ${clockOf(seconds)} 2026]${line}`) },
  {
    name: 'Python logging',
    apply: (lines) => timed(lines).map(({ line, seconds }) => `2026-11-22 ${clockOf(seconds)},123 INFO console: ${line}`),
  },
  {
    name: 'netconsole through rsyslog',
    apply: (lines) => timed(lines).map(({ line, seconds }) => `Nov 22 ${clockOf(seconds)} 192.168.1.5 ${line}`),
  },
  {
    name: 'a program of the host',
    apply: (lines) => timed(lines).map(({ line, seconds }) => `Nov 22 ${clockOf(seconds)} host1 vm[77]: ${line}`),
  },
  { name: 'container runtime', apply: each((line) => `2026-11-22T22:06:37.123456789Z stderr F ${line}`) },
  { name: 'ts %.s', apply: each((line) => `1795385197.123456 ${line}`) },
  {
    name: 'JSON over several lines',
    apply: (lines) =>
      JSON.stringify(
        lines.map((line, i) => ({ n: i, message: line.replace(STAMP, '') })),
        undefined,
        2,
      ).split('\n'),
    destroys: 'the time since boot',
  },
  {
    name: 'answer of a log store',
    apply: (lines) => [JSON.stringify({ data: { result: [{ values: lines.map((line, i) => [`${i}`, line]) }] } })],
  },
  {
    name: 'console of a cloud',
    apply: (lines) => JSON.stringify({ InstanceId: 'i-0', Output: lines.join('\r\n') }, undefined, 4).split('\n'),
  },
  { name: 'no time', apply: each((line) => line.replace(STAMP, '')), destroys: 'the time since boot' },
];
