// README shows the dashboard as it draws a bundled dump, and the keys as the key table has them.
import { test } from 'uvu';
import { KEYS, SCREENS, type ScreenName } from '../../src/tui/keys/table.ts';
import { keyName } from '../../src/tui/screens/key-names.ts';
import { PLAIN, Screens, sourceOf } from '../support/screens.ts';
import { section } from './sections.ts';

const BY = 'test/readme/dashboard.test.ts';
const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';

test('the screens', async () => {
  const source = await sourceOf(SAMPLE, SAMPLE);
  const screens = new Screens([source], PLAIN);
  screens.store.dispatch({ kind: 'read', source: 0 });
  const timeline = screens.text();
  const event = screens.press('enter').text();
  section('screens', BY, `\`\`\`\n${timeline.trimEnd()}\n\`\`\`\n\n\`\`\`\n${event.trimEnd()}\n\`\`\``, 'src/tui/README.md');
});

test('the keys', () => {
  const cell = (text: string): string => text.replace(/[|`\\]/g, (c) => (c === '`' ? c : `\\${c}`));
  const rows = new Map<string, Map<ScreenName, string>>();
  for (const { keys, on, does } of KEYS) {
    const name = keys.map((key) => `\`${cell(keyName(key))}\``).join(' ');
    const row = rows.get(name) ?? new Map<ScreenName, string>();
    rows.set(name, row);
    for (const screen of on) row.set(screen, does);
  }
  const lines = [...rows].map(([name, row]) => `| ${name} | ${SCREENS.map((screen) => cell(row.get(screen) ?? '')).join(' | ')} |`);
  section('keys', BY, ['| key | fleet | timeline | event | log |', '|---|---|---|---|---|', ...lines].join('\n'), 'src/tui/README.md');
});

test.run();
