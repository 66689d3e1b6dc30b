// The time of the day in front of a line: what a zone can be.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../../src/text/reader.ts';

function wallOf(zone: string) {
  const reader = new TextReader();
  const line = (i: number): string => `2026-11-22T21:11:5${i},319084${zone} usb 1-1: new device number ${i}\n`;
  const text = Array.from({ length: 9 }, (_, i) => line(i)).join('');
  const [first] = [...reader.push(Buffer.from(text)), ...reader.end()];
  const { wall } = first ?? {};
  return wall && [new Date(wall.usec / 1000).toISOString(), wall.inferred, first?.text];
}
const TEXT = 'usb 1-1: new device number 0';

test('zones from one end of the Earth to the other', () => {
  assert.equal(wallOf('+14:00'), ['2026-11-22T07:11:50.319Z', undefined, TEXT]);
  assert.equal(wallOf('-12:00'), ['2026-11-23T09:11:50.319Z', undefined, TEXT]);
  assert.equal(wallOf('+05:45'), ['2026-11-22T15:26:50.319Z', undefined, TEXT]);
});

test('digits that no zone has are damage: the zone is not known, and said to be inferred', () => {
  for (const zone of ['+99:99', '+15:00', '-10:60']) assert.equal(wallOf(zone), ['2026-11-22T21:11:50.319Z', ['zone'], TEXT], zone);
});

test.run();
