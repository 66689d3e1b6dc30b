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

test('what a kernel prints in angle brackets is no element', () => {
  const page = `<pre>\n${LINES.join('\n')}\n[   70.000000] RSP <ffff880c2d6b79d0> <d> a@b <x@y.example>\n</pre><p>a</p><p>b</p><p>c</p>\n`;
  assert.is(told(page).at(-1)?.[1], 'RSP <ffff880c2d6b79d0> <d> a@b <x@y.example>');
  assert.equal(told(page).slice(0, -1), PLAIN);
});

test.run();
