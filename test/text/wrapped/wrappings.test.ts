// A log that a whole text was made of: what it is taken out of gives the records of the log itself.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../../src/text/reader.ts';

const LINES = [
  '[    0.000000] Linux version 6.1.0-25-amd64 (gcc-12 (Debian 12.2.0-14)) #1 SMP',
  '[    0.000000] Command line: root=/dev/sda1 ro quiet',
  '[   61.220190] BUG: kernel NULL pointer dereference, address: 0000000000000048',
  '[   61.220371] PGD 0 P4D 0 ',
  '[   61.220402] Oops: 0000 [#1] PREEMPT SMP PTI',
  '[   61.220461] CPU: 3 PID: 20417 Comm: "it\'s" Not tainted 6.1.0-25-amd64 #1',
  '[   61.341850] Call Trace:',
  '[   61.341890]  <TASK>',
  '[   61.342280]  __x64_sys_ioctl+0x8d/0xd0',
  '[   61.342450] rcu: \t2-...0: (1 GPs behind) idle=1c34/1/0x4000000000000000',
  '[   61.342600]  </TASK>',
  '[   61.342630] Kernel panic - not syncing: Fatal exception',
];

type Told = readonly (readonly [usec: number | undefined, text: string])[];

function told(text: string | Buffer, size?: number): Told {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const reader = new TextReader();
  const records = [];
  for (let at = 0; at < bytes.length; at += size ?? bytes.length)
    records.push(...reader.push(bytes.subarray(at, at + (size ?? bytes.length))));
  records.push(...reader.end());
  return records.filter(({ usec }) => usec !== undefined).map(({ usec, text }) => [usec, text.trim()]);
}

const PLAIN = told(`${LINES.join('\n')}\n`);

/** The same records, in whatever pieces the text comes. */
function isRead(name: string, text: string | Buffer): void {
  test(name, () => {
    assert.equal(told(text), PLAIN);
    assert.equal(told(text, 1000), PLAIN, 'in pieces');
  });
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const python = (text: string): string => {
  const inner = text.replaceAll('\t', '\\t');
  return inner.includes("'") ? `"${inner.replaceAll('"', '\\"')}"` : `'${inner}'`;
};
const stampOf = (line: string): string => line.slice(0, 14);

isRead('a list of Python', `[${LINES.map(python).join(', ')}]\n`);
isRead('bytes of Python', `b'${LINES.map((line) => line.replaceAll('\t', '\\t').replaceAll("'", "\\'")).join('\\n')}\\n'\n`);
isRead('strings of Go', `lines=[${LINES.map((line) => JSON.stringify(line)).join(' ')}]\n`);
isRead('line breaks written out', `db03 | CHANGED | rc=0 | (stdout) ${LINES.join('\\n').replaceAll('\t', '\\t')}\n`);
isRead(
  'RFC 6587, counted messages of syslog',
  LINES.map((line) => `<4>1 2026-03-04T09:15:02Z db03 kernel - - - ${line}`)
    .map((message) => `${message.length} ${message}`)
    .join(''),
);
isRead('a page of one line', `<html><body><p>Console:</p><code>${LINES.map(escaped).join('<br/>')}</code></body></html>`);
isRead(
  'a page with an element around each stamp',
  `<!DOCTYPE html><html><head><title>Log</title></head><body><div class="log">\n${LINES.map(
    (line, i) =>
      `<div class="line" id="L${i}"><span class="n">${i}</span> <span class="t">${stampOf(line)}</span> <span>${escaped(line.slice(15))}</span></div>`,
  ).join('\n')}\n</div></body></html>\n`,
);
isRead(
  'a table of a page',
  `<html><body><table>\n${LINES.map((line) => `<tr><td>${stampOf(line)}</td><td>${escaped(line.slice(15))}</td></tr>`).join('\n')}</table></html>`,
);
isRead(
  'a feed',
  `<?xml version="1.0"?><rss><channel>\n${LINES.map((line) => `<item><pubDate>Wed, 04 Mar 2026 09:15:02 GMT</pubDate><description><![CDATA[${line}]]></description></item>`).join('\n')}\n</channel></rss>\n`,
);

const newestFirst = [...LINES].reverse();
const message = (line: string) => ({ insertId: 'x', resource: { type: 'vm' }, labels: { a: 'b' }, textPayload: line });
isRead('a JSON array, printed, the newest first', JSON.stringify(newestFirst.map(message), null, 2));
isRead(
  'JSON of a log store, printed, its records deep inside',
  JSON.stringify({ took: 3, hits: { total: { value: 12 }, hits: LINES.map((line) => ({ _id: 'x', _source: message(line) })) } }, null, 1),
);
isRead(
  'an export as CSV, the newest first',
  `"Time","Line"\n${newestFirst.map((line) => `"2026-03-04","${line.replaceAll('"', '""')}"\n`).join('')}`,
);
isRead(
  'a list that a tool prints among other lines, without a comma behind its last',
  `ok: [db03] => {\n    "changed": false,\n    "rc": 0,\n    "stdout_lines": [\n${LINES.map((line) => `        ${JSON.stringify(line)}`).join(',\n')}\n    ]\n}\n`,
);
isRead(
  'the journal within other objects',
  LINES.map((line) => JSON.stringify({ node: { a: 'b' }, entry: { MESSAGE: line, PRIORITY: 4, _TRANSPORT: 'kernel' } })).join('\n'),
);
isRead(
  'a journal that a cloud keeps, the newest first',
  JSON.stringify(
    newestFirst.map((line) => ({
      jsonPayload: {
        MESSAGE: line.slice(15),
        _TRANSPORT: 'kernel',
        _SOURCE_MONOTONIC_TIMESTAMP: String(Math.round(Number(line.slice(1, 13)) * 1e6)),
      },
      severity: 'INFO',
    })),
    null,
    2,
  ),
);
isRead(
  'records in YAML, their text in quotes',
  LINES.map(
    (line) => `---\ninsertId: x\nresource:\n  labels:\n    zone: a\ntextPayload: ${JSON.stringify(line)}\ntimestamp: '2026-03-04'\n`,
  ).join(''),
);
isRead(
  'a list in YAML, its texts in single quotes or a block',
  LINES.map((line, i) => `- host: db03\n  msg: ${i % 2 === 0 ? `'${line.replaceAll("'", "''")}'` : `|-\n    ${line}`}\n`).join(''),
);
isRead(
  'what fluent-bit prints',
  LINES.map(
    (line, i) => `[${i}] kmsg.0: [[1772615702.518000000, {}], {"priority"=>4, "sequence"=>${i}, "msg"=>${JSON.stringify(line)}}]`,
  ).join('\n'),
);
isRead('CPU and process behind the time', LINES.map((line) => `${line.slice(0, 14)} <4>-(3)[705:kworker/3:1]${line.slice(15)}`).join('\n'));
isRead(
  'quoted-printable with hardly an = of its own',
  `MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n${LINES.map((line) =>
    line.replaceAll('=', '=3D').replace(/(.{50}) (.{20})/, '$1 =\n$2'),
  ).join('\n')}\n`,
);
isRead('lines that end in CR alone', LINES.join('\r'));
isRead('what a terminal was sent', LINES.map((line) => `\x1b[24;1H\x1b[0;37;40m${line}\x1b[K\r\n`).join(''));
isRead(
  'rows of a terminal, without line breaks',
  LINES.map((line, i) => `\x1b[${i + 1};01H${line}\x1b[0K\n`.replace('\n', i % 3 === 2 ? '\n' : '')).join(''),
);
isRead(
  'RTF',
  `{\\rtf1\\ansi{\\fonttbl{\\f0 Courier;}}\n\\f0\\fs18\n${LINES.map((line) => `${line.replace('\t', '\\tab ')}\\par\n`).join('')}}\n`,
);
isRead('base64', `${Buffer.from(LINES.join('\n')).toString('base64').replace(/.{76}/g, '$&\n')}\n`);
isRead(
  'xxd',
  dumped((hex) => hex.replace(/(..)(..)?/g, '$1$2 ').padEnd(40), ': ', ''),
);
isRead(
  'hexdump -C',
  dumped(
    (hex) =>
      hex
        .replace(/../g, '$& ')
        .replace(/^(.{24})/, '$1 ')
        .padEnd(49),
    '  ',
    '|',
  ),
);

/** A dump of bytes, sixteen a line. */
function dumped(digits: (hex: string) => string, behindAddress: string, around: string): string {
  const bytes = Buffer.from(`${LINES.join('\n')}\n`);
  let text = '';
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const shown = row.toString('latin1').replace(/[^ -~]/g, '.');
    text += `${at.toString(16).padStart(8, '0')}${behindAddress}${digits(row.toString('hex'))} ${around}${shown}${around}\n`;
  }
  return text;
}

test('a table with edges', () => {
  const shown = LINES.map((line) => line.replace('\t', ' '));
  const rows = shown.map((line, i) => `| ${String(i).padStart(3)} | ${line.padEnd(90)} |\n`);
  assert.equal(told(`+-----+${'-'.repeat(92)}+\n${rows.join('')}`), told(`${shown.join('\n')}\n`));
});

test('the copy of a screen: its lines are as wide as it, longer ones go on in the next', () => {
  const shown = LINES.map((line) => line.replace('\t', ' '));
  const rows = shown.flatMap((line) => line.match(/.{1,66}/g)?.map((row) => row.padEnd(66)) ?? []);
  assert.ok(rows.length > shown.length);
  assert.equal(told(`${rows.join('\n')}\n`), told(`${shown.join('\n')}\n`));
});

test('what stands beside the records of a document is not lost, nor what stands behind it', () => {
  const records = LINES.map((line) => ({ insertId: 'x', textPayload: line }));
  const behind = '[   99.000000] eth0: link down';
  assert.equal(told(`${JSON.stringify({ took: 3, records }, null, 1)}\n${behind}\n`), [...PLAIN, [99_000_000, 'eth0: link down']]);
  const yaml = LINES.map((line) => `- msg: |\n    ${line}\n    second\n`).join('');
  assert.equal(told(`${yaml}...\n${behind}\n`).at(-1), [99_000_000, 'eth0: link down']);
  // an object that does not end
  assert.equal(told(`${JSON.stringify(records, null, 1).replace('}', '')}\n`).length > 0, true);
});

test('a log line in a program is a string', () => {
  const reader = new TextReader();
  reader.push(Buffer.from(`import { a } from 'b';\nconst log = '${LINES[2]}';\nconst x = 1;\nexport { log };\n`));
  reader.end();
  assert.is(reader.counts.kernel, 0);
});

test('what a kernel prints in angle brackets is no element', () => {
  const page = `<pre>\n${LINES.join('\n')}\n[   70.000000] RSP <ffff880c2d6b79d0> <d> a@b <x@y.example>\n</pre><p>a</p><p>b</p><p>c</p>\n`;
  assert.is(told(page).at(-1)?.[1], 'RSP <ffff880c2d6b79d0> <d> a@b <x@y.example>');
  assert.equal(told(page).slice(0, -1), PLAIN);
});

test.run();
