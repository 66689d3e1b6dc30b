// The report as Markdown and as text: golden, and a hostile log stays text in both.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { htmlReport } from '../../../src/output/report/html/page.ts';
import { markdownReport } from '../../../src/output/report/markdown.ts';
import { block, code, prose } from '../../../src/output/report/markdown-escape.ts';
import { textReport } from '../../../src/output/report/text.ts';
import { plain } from '../../../src/output/text/theme.ts';
import { golden } from '../../support/golden.ts';
import { sampleReport, withTexts } from '../../support/sample-report.ts';

const options = { width: 80, paint: plain };
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

test('text, golden', () => golden('output/report.txt', textReport(sampleReport, options)));
test('Markdown, golden', () => golden('output/report.md', markdownReport(sampleReport)));

/** What is left of Markdown when its code is taken away, as CommonMark finds it. */
function outsideCode(markdown: string): string {
  let fence: string | undefined;
  const lines = markdown.split('\n').filter((line) => {
    const mark = /^(`{3,})/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      return false;
    }
    if (fence !== undefined && line === fence) {
      fence = undefined;
      return false;
    }
    return fence === undefined;
  });
  assert.is(fence, undefined, 'a fence is left open');
  return lines.map((line) => line.replace(/\\[\s\S]|(?<!`)(`+)(?!`)(?:[\s\S]*?[^`])\1(?!`)/g, '')).join('\n');
}

/** The tags that are ours: what is folded, under words of ours. */
const FOLDS = /^<details><summary>[\w ,:–…-]*<\/summary>$|^<\/details>$/gm;

test('no control, tag, link or mention of a log gets through', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc
      .array(
        fc.constantFrom('`', '``', '```', '<b>', '[x](http://y)', '@bob', '#1', '|', '\\', '*', '_', '~', '&lt;', ' ', '!', '\x1b[1m'),
        {
          minLength: 1,
          maxLength: 12,
        },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(hostile, (some) => {
      const report = withTexts(sampleReport, `x${some}`);
      const markdown = markdownReport(report);
      assert.not.match(markdown, CONTROL);
      assert.not.match(textReport(report, options), CONTROL);
      assert.not.match(outsideCode(markdown).replace(FOLDS, ''), /[<@`]|\]\(|:\/\//);
    }),
    { numRuns: 150 },
  );
});

test('Markdown is what an issue takes, and says what it left out', () => {
  const [part] = sampleReport.parts;
  const events = Array.from({ length: 500 }, (_, i) => ({ ...part!.events[0]!, id: `E${i + 1}` }));
  const records = Array.from({ length: 5000 }, (_, i) => ({ seq: i, text: 'x'.repeat(100) }));
  const long = { ...part!, events, incidents: [], log: { total: 5000, items: [{ kind: 'records', records }] } } as const;
  for (const parts of [[long], Array.from({ length: 50 }, (_, i) => ({ ...long, source: `${i}.log` }))]) {
    const markdown = markdownReport({ ...sampleReport, parts });
    assert.ok(markdown.length <= 65_536, `${markdown.length}`);
    assert.is(markdown.split('<details>').length, markdown.split('</details>').length);
  }
  assert.match(markdownReport({ ...sampleReport, parts: [long] }), /<summary>Log: \d+ records of 5000<\/summary>[\s\S]*Made by lastkmsg/);
});

test('several inputs begin with what is in each', () => {
  const [part] = sampleReport.parts;
  const two = { ...sampleReport, parts: [part!, { ...part!, source: 'b.log' }] };
  assert.match(textReport(two, options), /^2 inputs\n=+\n\n1\. \/var\S*: 3 events.*\n2\. b\.log: 3 events: 1 fatal/);
  assert.match(markdownReport(two), /^# Kernel report: 2 inputs\n\n1\. `\/var\S*`: 3 events.*\n2\. `b\.log`: 3 events: 1 fatal/);
});

test('distances say from when they are seen', () => {
  const report = { ...sampleReport, time: { zone: 'local', now: new Date('2024-05-01T17:00:00Z') } } as const;
  for (const text of [textReport(report, options), markdownReport(report), htmlReport(report)]) {
    assert.match(text, /5 hours ago \(from the journal, ±1 s\)/);
    assert.match(text.replaceAll('\n', ' '), /Relative times are as of 2024-05-01 17:00:00 UTC/);
  }
});

test('code and blocks are fenced by more backticks than they hold', () => {
  assert.is(code('a'), '`a`');
  assert.is(code('a``b'), '```a``b```');
  assert.is(code('`a'), '`` `a ``');
  assert.is(block('a\n```\nb'), '````text\na\n```\nb\n````');
});

test('a sentence: markup is escaped, what forges link is code', () => {
  assert.is(prose('a_b <c> 1*2'), 'a\\_b \\<c\\> 1\\*2');
  assert.is(prose('see http://x/y or @bob, #12'), 'see `http://x/y` or `@bob,` `#12`');
  assert.is(prose('- x'), '\\- x');
  assert.is(prose('1. x'), '1\\. x');
});

test('a line that is cut says by how much', () => {
  const [part] = sampleReport.parts;
  const log = { total: 1, items: [{ kind: 'records', records: [{ seq: 1, text: 'x'.repeat(5000) }] }] } as const;
  assert.match(textReport({ version: '0', time: { zone: 'utc' }, parts: [{ ...part!, log }] }, options), /… \(1000 more bytes not shown\)/);
});

test.run();
