// THIRD-PARTY.md says what the build says that it bundled.

import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import { golden } from '../support/golden.ts';

test('what others wrote, and its licences', () => golden('../../THIRD-PARTY.md', readFileSync('dist/THIRD-PARTY.md', 'utf8')));

test.run();
