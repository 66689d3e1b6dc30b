// What the shell says of itself fits a terminal of 80 columns, and Tab offers what the word can be.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ABSENT } from '../../../src/cli/crash/absent.ts';
import { COMMANDS } from '../../../src/cli/crash/commands.ts';
import { completer } from '../../../src/cli/crash/complete.ts';
import { helpText } from '../../../src/cli/crash/help.ts';
import { CrashSession } from '../../../src/cli/crash/session.ts';
import { openInput } from '../../../src/dump/open/open-dump.ts';
import { openInspectable } from '../../../src/kernel/open.ts';
import { Inspection } from '../../../src/machine/inspection.ts';
import { openDumpLog } from '../../../src/read/inputs/dump-log.ts';
import { RICH } from '../../support/inspect-sample.ts';

test('help names every command, what it does, and what is not here', () => {
  const text = helpText(undefined);
  const usages = new Set(COMMANDS.map(({ usage }) => usage));
  for (const line of text.split('\n')) assert.ok(line.length <= 80 || usages.has(line), line);
  const flat = text.replace(/\s+/g, ' ');
  for (const { usage, about } of COMMANDS) assert.ok(flat.includes(usage) && flat.includes(about), usage);
  for (const name of [...ABSENT.keys()]) assert.ok(flat.includes(` ${name}`), name);
});

test('completion: commands, types, members, pids; no 100,000 symbols for an empty word', async () => {
  const dump = await openDumpLog([await openInput(RICH)]);
  const found = openInspectable(dump.kernel);
  assert.is(found.tier, 'full');
  if (found.tier !== 'full') return;
  const complete = completer(new CrashSession(dump, found.context, new Inspection(found.context, () => [])));
  assert.equal(complete('kme'), [['kmem'], 'kme']);
  assert.ok(complete('struct list_h')[0].includes('list_head'));
  assert.ok(complete('struct task_struct.com')[0].includes('task_struct.comm'));
  assert.ok(complete('bt 16')[0].includes('166'));
  assert.ok(complete('struct list_head init_tas')[0].includes('init_task'));
  for (const line of ['sym ', 'struct list_head ', 'struct list_head\t']) assert.equal(complete(line)[0], [], line);
});

test.run();
