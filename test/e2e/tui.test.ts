// The dashboard through the built binary on a real terminal: what is drawn, and that the terminal is given back on every way out.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Pty } from '../support/pty.ts';
import { oopsLog } from '../support/sample-logs.ts';

const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const SIZE = { columns: 100, rows: 30 };
const installed = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const test = suite('tui');
const onTerminal = installed('script') && installed('stty') ? test : test.skip;

/** The dashboard, and after it what its terminal is like. */
const dashboard = (args: string, env = {}): Pty =>
  new Pty(
    `${args.replace(/^|\| */, (pipe) => `${pipe}${process.execPath} dist/cli.js tui `)}; echo "code $?"; stty -a; echo done`,
    SIZE,
    env,
  );

/** Text that was written since the last look, without what moves and colours it. */
const shows =
  (text: string | RegExp) =>
  (output: string): boolean => {
    const plain = Buffer.from(output, 'latin1')
      .toString('utf8')
      .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
    return typeof text === 'string' ? plain.includes(text) : text.test(plain);
  };

/** The terminal as a shell wants it: its own screen, a cursor, lines, echo, no mouse. */
async function restored(pty: Pty, code: number): Promise<void> {
  await pty.until(shows(/done\s*$/));
  const { all } = pty;
  assert.match(all, `code ${code}`);
  assert.ok(all.lastIndexOf('\x1b[?1049l') > all.lastIndexOf('\x1b[?1049h'), 'the normal screen is back');
  assert.ok(all.lastIndexOf('\x1b[?25h') > all.lastIndexOf('\x1b[?25l'), 'the cursor is back');
  assert.match(all, / icanon/);
  assert.match(all, / echo /);
  if (all.includes('\x1b[?1000h')) assert.ok(all.lastIndexOf('\x1b[?1000l') > all.lastIndexOf('\x1b[?1000h'), 'the mouse is off');
}

async function press(pty: Pty, keys: string, then: string | RegExp): Promise<void> {
  pty.take();
  pty.press(keys);
  await pty.until(shows(then));
}

onTerminal('timeline, event, log, search, a resize, and back', async () => {
  const pty = dashboard(SAMPLE);
  try {
    await pty.until(shows('confidence high'));
    await press(pty, '\r', 'event 4/5');
    await press(pty, 'l', '547 records');
    await press(pty, '/CR2', /\d+ match/);
    await press(pty, '\r', '/CR2 ');
    pty.take();
    pty.resize({ columns: 80, rows: 24 });
    await pty.until(shows('CR2'));
    assert.not.match(pty.take(), /\x1b\[(?:2[5-9]|[3-9]\d);1H/); // nothing below the new last row
    await press(pty, 'q', 'event 4/5');
    await press(pty, 'q', 'incident');
    pty.press('q');
    await restored(pty, 0);
  } finally {
    pty.end();
  }
});

onTerminal('a log from a pipe, keys from the terminal', async () => {
  const pty = new Pty(
    `cat samples/x86_64-6.1-odd-records/dmesg.txt | ${process.execPath} dist/cli.js tui -; echo "code $?"; stty -a; echo done`,
    SIZE,
  );
  try {
    await pty.until(shows(/log · [\d,]+ records/));
    await press(pty, 'l', 'message');
    await press(pty, 'G', /\d/);
    pty.press('qq');
    await restored(pty, 0);
  } finally {
    pty.end();
  }
});

onTerminal('the screen is up, and its keys work, while a pipe is still silent', async () => {
  const pty = new Pty(`sleep 600 | ${process.execPath} dist/cli.js tui -`, SIZE);
  try {
    await pty.until(shows('Reading…'));
    await press(pty, '?', 'Keys on this screen');
    pty.press('?q');
    await pty.until((output) => output.includes('\x1b[?1049l'));
  } finally {
    pty.end();
  }
});

onTerminal('several inputs: the fleet, one of them, and back', async () => {
  const pty = dashboard(`${SAMPLE} samples/x86_64-7.2-two-ooms-then-oops/vmcore`);
  try {
    await pty.until(shows('2 inputs'));
    await pty.until(shows(/2 +–? *\d? *oom/));
    await press(pty, '\r', 'confidence high');
    await press(pty, 'q', 'signature');
    pty.press('q');
    await restored(pty, 0);
  } finally {
    pty.end();
  }
});

for (const [way, code] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  onTerminal(`the terminal is given back on ${way}`, async () => {
    const pty = dashboard(SAMPLE);
    try {
      await pty.until(shows('confidence'));
      pty.press('\x1bOQ'); // the mouse is on
      await pty.until(shows('mouse on'));
      process.kill(pty.pid, way);
      await restored(pty, code);
    } finally {
      pty.end();
    }
  });
}

onTerminal('what cannot be read is told on the screen, and by the exit code', async () => {
  const pty = dashboard('package-lock.json.not-there');
  try {
    await pty.until(shows('no such file or directory'));
    pty.press('q');
    await restored(pty, 2);
  } finally {
    pty.end();
  }
});

onTerminal('a log that grows is followed: a report comes up once it is printed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-tui-'));
  const log = join(dir, 'console.log');
  writeFileSync(log, '[    1.000000] all is well\n');
  const pty = dashboard(`-w ${log}`);
  try {
    await pty.until(shows('1 record'));
    appendFileSync(log, oopsLog);
    await pty.until(shows(/[✖] oops/));
    await pty.until(shows('Incident I'));
    assert.not.match(pty.all, 'the log of that boot ends there', 'what grows has not ended');
    await press(pty, 'lG', 'follow ●');
    appendFileSync(log, '[  999.000000] and on it goes\n');
    await pty.until(shows('and on it goes'));
    pty.press('qq');
    await restored(pty, 0);
  } finally {
    pty.end();
    rmSync(dir, { recursive: true });
  }
});

onTerminal('of many inputs those that cannot be read are in the exit code', async () => {
  for (const [files, code] of [
    [`${SAMPLE} not-there`, 3],
    ['not-there not-there-either', 2],
    [`--fail-on oom-kill ${SAMPLE} ${SAMPLE}`, 10],
  ] as const) {
    const pty = dashboard(files);
    try {
      await pty.until(shows(/2 inputs/));
      await pty.until(shows(/…\d\d-\d\d|–…–/)); // all are read
      pty.press('q');
      await restored(pty, code);
    } finally {
      pty.end();
    }
  }
});

onTerminal('keys and log cannot both come from the terminal', async () => {
  for (const args of ['', '-']) {
    const pty = dashboard(args);
    try {
      await pty.until(shows(/done\s*$/));
      assert.match(pty.all, /standard input is the terminal/);
      assert.match(pty.all, 'code 1');
    } finally {
      pty.end();
    }
  }
});

onTerminal('Ctrl-z where no shell could go on with it does not kill the dashboard', async () => {
  const pty = new Pty(`exec ${process.execPath} dist/cli.js tui ${SAMPLE}`, SIZE);
  try {
    await pty.until(shows('confidence high'));
    pty.press('\x1a');
    await pty.until((output) => output.lastIndexOf('\x1b[?1049h') > output.lastIndexOf('\x1b[?1049l') && output.includes('\x1b[?1049l'));
  } finally {
    pty.end();
  }
});

onTerminal('Ctrl-c quits from everywhere', async () => {
  const pty = dashboard(SAMPLE);
  try {
    await pty.until(shows('confidence'));
    await press(pty, 'l/abc', 'match');
    pty.press('\x03');
    await restored(pty, 0);
  } finally {
    pty.end();
  }
});

onTerminal('what a log holds is not executed', async () => {
  const pty = new Pty(
    `printf '[    1.000000] BUG: evil \\033]0;owned\\007\\033[2J\\n' | ${process.execPath} dist/cli.js tui -; echo "code $?"; stty -a; echo done`,
    SIZE,
  );
  try {
    await pty.until(shows('log · 1 record'));
    pty.press('l');
    await pty.until(shows('evil \\x1b]0;owned\\x07'));
    pty.press('qq');
    await restored(pty, 0);
    assert.not.match(pty.all, /\x1b\]0;owned/);
  } finally {
    pty.end();
  }
});

test('without a terminal: the summary, and a word about it', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'tui', SAMPLE], { encoding: 'utf8' });
  assert.is(status, 0);
  assert.match(stdout, /I4 {2}FATAL/);
  assert.match(stderr, 'no terminal, printing report');
});

test.run();
