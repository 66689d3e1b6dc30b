// README shows what the bundle prints of a bundled vmcore, as `npm start` does: `npm test -- --update readme` writes it.
import { spawnSync } from 'node:child_process';
import { test } from 'uvu';
import { section } from './sections.ts';

const BY = 'test/readme/output.test.ts';
const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';

/** A command and what it prints on a terminal of 80 columns; of long output the first lines, as `head` has them. */
function shown(args: readonly string[], lines?: number): string {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', env: { ...process.env, COLUMNS: '80' } });
  const text = stdout.trimEnd().split('\n').slice(0, lines).join('\n').trimEnd();
  return `\`\`\`\n$ lastkmsg ${args.join(' ')}${lines === undefined ? '' : ` | head -${lines}`}\n${text}\n\`\`\``;
}

test('the panic, as npm start prints it', () => section('panic', BY, shown(['--utc', SAMPLE])));
test('why memory ran out', () => section('oom', BY, shown(['events', '--format', 'text', '--kind', 'memcg-oom', SAMPLE], 50)));

test.run();
