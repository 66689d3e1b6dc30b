// npm run pictures: the pictures of README, from a bundled dump. The report's needs chromium.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Screens, sourceOf } from '../../test/support/screens.ts';
import { terminalSvg } from './terminal-svg.ts';

const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const FOLDER = 'docs';

mkdirSync(FOLDER, { recursive: true });

const source = await sourceOf(SAMPLE, 'vmcore');

/** What the dashboard shows after some keys, on a terminal of its own. */
function shoot(name: string, title: string, size: { columns: number; rows: number }, ...keys: readonly string[]): void {
  const screens = new Screens([source], { color: true, ascii: false }, size);
  screens.store.dispatch({ kind: 'read', source: 0 });
  screens.press(...keys);
  writeFileSync(join(FOLDER, `${name}.svg`), terminalSvg(screens.painted(), size.columns, title));
}
shoot('dashboard', 'The dashboard: a kernel that ran out of memory twice, then crashed in a driver', { columns: 120, rows: 34 });
shoot('event', 'A crash in the dashboard: stack, registers and code side by side', { columns: 150, rows: 34 }, 'enter');

const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-pictures-'));
const page = join(dir, 'report.html');
const made = spawnSync(process.execPath, ['dist/cli.js', 'report', '--utc', SAMPLE, '-o', page], { stdio: 'inherit' });
const shot = spawnSync('chromium', [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--window-size=1100,1150',
  `--screenshot=${resolve(FOLDER, 'report.png')}`,
  `file://${page}`,
]);
rmSync(dir, { recursive: true });
if (made.status !== 0 || shot.status !== 0) throw new Error(`no picture of the report: ${shot.error?.message ?? shot.stderr}`);
