// A busy machine is no fault of ours: tests count work (support/steps.ts, reads, Assembler.steps); only the bench reads clocks.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const CLOCKS = /performance\s*\.now|Date\s*\.now|\.hrtime|\.memoryUsage|\.cpuUsage|\.resourceUsage/;
/** How long to wait for a program before it is given up, when a key was made, a clock that steps: no test looks at what they read. */
const MAY = /^(?:bench\/|runner\/|support\/(?:pty|nats-jwt)\.ts$|support\/stepping-clock\.mjs$)/;

test('no test reads a clock or how much memory it has', () => {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:ts|mjs)$/.test(file));
  assert.ok(files.some((file) => MAY.test(file)));
  assert.equal(
    files.filter((file) => !MAY.test(file) && CLOCKS.test(readFileSync(`test/${file}`, 'utf8'))),
    [],
  );
});

test.run();
