// README shows what `lastkmsg inspect` answers, out of a real dump: `npm test -- --update readme` writes it.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PARTS } from '../../src/cli/inspect/parts.ts';
import { answerText } from '../../src/cli/inspect/table.ts';
import { inspectSample, RICH } from '../support/inspect-sample.ts';
import { section } from './sections.ts';

test('every part, with what it takes', () => {
  const rows = PARTS.map(({ usage, about }) => `| \`${usage.replaceAll('|', '\\|')}\` | ${about.replaceAll('|', '\\|')} |`);
  section(
    'inspect',
    'test/readme/inspect.test.ts',
    ['| `lastkmsg inspect FILE …` | |', '|---|---|', ...rows].join('\n'),
    'src/machine/README.md',
  );
});

test('the overview of a machine whose disk stands still', async () => {
  const { inspection } = await inspectSample(RICH);
  const overview = PARTS.find(({ name }) => name === 'overview');
  assert.ok(inspection && overview);
  const text = answerText(overview.answer(inspection, [])).trimEnd();
  section(
    'overview',
    'test/readme/inspect.test.ts',
    ['```', '$ lastkmsg inspect rich-stuck-disk.vmcore', text, '```'].join('\n'),
    'src/machine/README.md',
  );
});

test.run();
