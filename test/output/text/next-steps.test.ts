// Commands that are too long for the terminal: what is pasted is what was meant.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Incident } from '../../../src/event/event.ts';
import { stepLines } from '../../../src/output/text/incident-text.ts';
import { plain } from '../../../src/output/text/theme.ts';

const COMMAND = 'ls /usr/lib/debug/boot/vmlinux-5.10.0-46-amd64 /usr/lib/debug/lib/modules/5.10.0-46-amd64/vmlinux -l -d';

test('a shell command is broken between words alone, however narrow the terminal', () => {
  const incident = { id: 'I1', nextSteps: [{ tool: 'shell', command: COMMAND, why: 'where debuginfo lies' }] } as unknown as Incident;
  for (let width = 10; width <= 120; width++) {
    const [, ...lines] = stepLines(incident, { width, paint: plain, time: { zone: 'utc' } }, 3, false);
    const pasted = lines.join('\n').replace('$ ', '').replace(/\\\n/g, '');
    assert.equal(pasted.trim().split(/ +/), COMMAND.split(' '), `${width}`);
    for (const line of lines) assert.ok(line.length <= width || line.trim().split(' ').length <= 3, line);
  }
});

test.run();
