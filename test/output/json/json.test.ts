// JSON: key order, escapes, and the schema that is generated from the zod source.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventSchema } from '../../../src/event/schema.ts';
import { eventToJson } from '../../../src/output/json/event-json.ts';
import { jsonSchema } from '../../../src/output/json/json-schema.ts';
import { inOrder } from '../../../src/output/json/key-order.ts';
import { sample } from '../../support/sample-events.ts';
import { schemaErrors } from '../../support/validate-event.ts';

test('keys come in the order of the schema, whatever order they were set in', () => {
  assert.equal(Object.keys(inOrder(sample[0]!)), Object.keys(eventSchema.shape));
  const shuffled = Object.fromEntries(Object.entries(sample[0]!).reverse()) as (typeof sample)[number];
  assert.is(eventToJson(shuffled), eventToJson(sample[0]!));
});

test('samples validate by zod and by the generated JSON Schema', () => {
  for (const event of sample) {
    assert.ok(eventSchema.safeParse(event).success);
    assert.equal(schemaErrors(JSON.parse(eventToJson(event))), []);
  }
});

test('the JSON Schema refuses what the contract does not allow', () => {
  assert.not.equal(schemaErrors({ ...sample[0], kind: 'bad-luck' }), []);
  assert.not.equal(schemaErrors({ ...sample[0], colour: 'red' }), []);
  assert.not.equal(schemaErrors({ ...sample[0], fault: { address: '0X10' } }), []);
  assert.equal(schemaErrors({ schemaVersion: 1, source: 'x', incidents: [], unexplained: [] }, 'IncidentReport'), []);
  assert.match(String(jsonSchema().$schema), /2020-12/);
});

test('byte strings become text; nothing that a terminal obeys is left in a line', () => {
  const line = eventToJson({ ...sample[2]!, title: 'a\x1b[31m\x9b\x7f\n\xe6\x97\xa5\xff' });
  assert.not.match(line, /[\x00-\x1f\x7f-\x9f]/);
  assert.is(JSON.parse(line).title, 'a\x1b[31m\x9b\x7f\n\xe6\x97\xa5\xff', 'not UTF-8 as a whole: bytes stay');
  assert.is(JSON.parse(eventToJson({ ...sample[2]!, title: '\xe6\x97\xa5' })).title, '日');
  assert.is(JSON.parse(eventToJson({ ...sample[2]!, source: '日.log' })).source, '日.log');
  assert.is(JSON.parse(eventToJson({ ...sample[2]!, title: 'é日' })).title, 'é日', 'text stays text');
});

test('undefined fields are absent', () => {
  assert.not.ok('uptime' in JSON.parse(eventToJson({ ...sample[2]!, uptime: undefined })));
});

test.run();
