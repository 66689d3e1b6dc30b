// Placeholders over a whole report: stable, complete, counted, and the structure stays.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { redactReport } from '../../../src/output/redact/redact-report.ts';
import { Redactor } from '../../../src/output/redact/redactor.ts';
import { htmlReport } from '../../../src/output/report/html/page.ts';
import { markdownReport } from '../../../src/output/report/markdown.ts';
import { textReport } from '../../../src/output/report/text.ts';
import { plain } from '../../../src/output/text/theme.ts';
import { REDACTABLE } from '../../support/hostile.ts';
import { sampleReport } from '../../support/sample-report.ts';
import { assertLinear } from '../../support/steps.ts';

const [part] = sampleReport.parts;
const lines = (...texts: string[]) => ({
  ...sampleReport,
  parts: [
    { ...part!, log: { total: texts.length, items: [{ kind: 'records', records: texts.map((text, seq) => ({ seq, text })) }] as const } },
  ],
});
const log = (...texts: string[]): string[] =>
  redactReport(lines(...texts)).parts[0]!.log.items.flatMap((item) => (item.kind === 'records' ? item.records.map((r) => r.text) : []));

test('one value, one placeholder, everywhere; another value, another', () => {
  assert.equal(log('a 10.0.0.1 b', 'c 10.0.0.2', 'd 10.0.0.1'), ['a ip-1 b', 'c ip-2', 'd ip-1']);
});

test('an address of IPv6 is one value in either case', () => {
  assert.equal(log('a 2001:DB8::1f', 'b 2001:db8::1F'), ['a ip-1', 'b ip-1']);
});

test('an address of a network card is one value, however it is written', () => {
  assert.equal(log('eth0: 52:54:00:AB:cd:ef', 'addr 52-54-00-ab-CD-EF', 'enx525400abcdef: up'), [
    'eth0: mac-1',
    'addr mac-1',
    'enxmac-1: up',
  ]);
});

test('a UUID is one value, as systemd and Kubernetes write it', () => {
  assert.equal(log('pod8C2D1E3F_0a1b_4c5d_8e9f_001122334455/x', 'UUID 8c2d1e3f-0a1b-4c5d-8e9f-001122334455'), [
    'poduuid-1/x',
    'UUID uuid-1',
  ]);
});

test('a host that the dump names is replaced wherever it stands, with its domain, in any case', () => {
  assert.equal(log('web-01: up', 'ping WEB-01.example.com.', 'web-012 web-01x my-web-01'), [
    'host-1: up',
    'ping host-1.',
    'web-012 web-01x my-web-01',
  ]);
});

test('who owns a home is replaced wherever the name stands; words of the caller too', () => {
  assert.equal(log('exec /home/alice/x', 'comm: alice-backup', 'alices'), ['exec path-1', 'comm: user-1-backup', 'alices']);
  const named = redactReport(lines('mounted acme-db for ACME'), [], ['acme']);
  assert.not.match(JSON.stringify(named.parts[0]!.log), /acme/i);
});

test('a name found in one line is replaced in those before it and beside it, shown or not', () => {
  assert.equal(log('mail from db7', 'systemd[1]: Hostname set to <db7>.'), ['mail from host-2', 'systemd[1]: Hostname set to <host-2>.']);
  const hidden = redactReport(lines('mail from db9'), ['systemd[1]: Hostname set to <db9>.']);
  assert.not.match(JSON.stringify(hidden), /db9/);
});

test('an argument is known again by its parameter', () => {
  assert.equal(log('Command line: acme.id=blue7', 'Unknown: acme.id=blue7', 'blue7'), [
    'Command line: acme.id=arg-1',
    'Unknown: acme.id=arg-1',
    'blue7',
  ]);
});

test('where two rules overlap no end of a value stays', () => {
  assert.not.match(new Redactor().text('https://bob:pw@host.example.com/home/alice/x'), /bob|pw|alice/);
});

test('a file that was read is one placeholder, whatever its path holds', () => {
  for (const source of [
    '/data/home/alice/vm1',
    '/home/alice/my logs/vm1',
    '/home/alice/vm1',
    '/srv/10.0.0.1/web-01/vm1',
    './home/bob/vm1',
  ]) {
    const { parts } = redactReport({ ...lines(`reading ${source} now`), parts: [{ ...lines(`reading ${source} now`).parts[0]!, source }] });
    assert.is(parts[0]?.source, 'file-1', source);
    assert.match(JSON.stringify(parts[0]?.log), /reading file-1 now/);
  }
});

test('every document: nothing of it is left, what was replaced is listed', () => {
  const report = redactReport(lines('web-01 10.1.2.3 52:54:00:12:34:56 bob@example.com /home/bob/x password=hunter2', 'web-01 10.1.2.3'));
  for (const text of [htmlReport(report), markdownReport(report), textReport(report, { width: 80, paint: plain })]) {
    assert.not.match(text, /web-01|10\.1\.2\.3|52:54|bob|hunter2/);
    assert.match(text, /IP addresses/);
  }
  const ips = report.replaced?.find(({ kind }) => kind === 'ip');
  assert.equal(ips, { kind: 'ip', what: 'IP addresses', values: 1, places: 2 });
  assert.match(textReport(report, { width: 80, paint: plain }), /ip: IP addresses: 1 value in 2 places/);
});

test('events, ids, symbols, addresses and registers stay', () => {
  const after = redactReport(sampleReport).parts[0]!;
  for (const [i, event] of part!.events.entries()) {
    const { source: _a, ...before } = event;
    const { source: _b, ...now } = after.events[i]!;
    assert.equal(now, before);
  }
  assert.equal(after.incidents, part!.incidents);
  assert.is(after.source, 'file-1');
});

test('any text: it ends', () => {
  const piece = fc.constantFrom(
    '10.0.0.1',
    ':',
    '::',
    'a',
    '/home/',
    '/',
    '@',
    '.',
    '-',
    '=',
    '"',
    ' ',
    'Command line: ',
    'aa:',
    '\\\\',
    '\xff',
    'password=',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((p) => p.join('')),
      (text) => typeof new Redactor().text(text) === 'string',
    ),
  );
});

for (const unit of REDACTABLE)
  test(`the work is linear in the text: ${unit}`, () =>
    assertLinear((size) => {
      const text = unit.repeat(size);
      return () => new Redactor().text(text);
    }, 2000));

test.run();
