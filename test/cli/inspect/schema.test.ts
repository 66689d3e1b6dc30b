// Rows of every part against the JSON Schema, of a whole dump and of one with holes.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ask } from '../../../src/cli/inspect/ask.ts';
import { PARTS } from '../../../src/cli/inspect/parts.ts';
import { rowSchemas } from '../../../src/machine/schema.ts';
import { HOLES, inspectSample, RICH } from '../../support/inspect-sample.ts';
import { schemaErrors } from '../../support/validate-event.ts';

/** Arguments that make a part answer what the schema calls by this name. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  bt: 'bt -a',
  'bt --group': 'bt --group',
  dev: 'dev -d',
  files: 'files 1',
  vm: 'vm 1',
  sym: 'sym panic schedule',
  struct: 'struct task_struct init_task',
  rd: 'rd linux_banner 4',
  vtop: 'vtop init_task',
  dis: 'dis panic 3',
};

for (const file of [RICH, HOLES]) {
  const opened = inspectSample(file);
  for (const [name, schema] of Object.entries(rowSchemas)) {
    if (file === HOLES && name === 'dis') continue; // trimmed: it has no code
    test(`${name} of ${file}`, async () => {
      const { inspection } = await opened;
      assert.ok(inspection);
      const command = ARGUMENTS[name] ?? name;
      const [partName, ...args] = command.split(' ');
      const part = PARTS.find((each) => each.name === partName)!;
      await part.load?.();
      const rows = JSON.parse(JSON.stringify(ask(inspection, part, args).rows)) as unknown[];
      for (const row of rows) {
        const { error } = schema.safeParse(row);
        assert.is(error?.message, undefined, JSON.stringify(row));
      }
      const envelope = { schemaVersion: 1, source: file, tier: 'full', command, rows, unknown: [] };
      assert.equal(schemaErrors(envelope, 'Inspection'), []);
    });
  }
}

test('each part has a schema, and the schema refuses what is no row', () => {
  const parts = new Set(Object.keys(rowSchemas).map((name) => name.split(' ')[0]));
  assert.equal(
    PARTS.map(({ name }) => name).filter((name) => !parts.has(name)),
    ['foreach'],
    'foreach answers rows of bt',
  );
  const envelope = { schemaVersion: 1, source: 'x', tier: 'full', command: 'ps', unknown: [] };
  assert.equal(schemaErrors({ ...envelope, rows: [{ pid: 1 }] }, 'Inspection'), []);
  assert.not.equal(schemaErrors({ ...envelope, rows: [{ pid: 'one' }] }, 'Inspection'), []);
  assert.not.equal(schemaErrors({ ...envelope, rows: [{ colour: 'red' }] }, 'Inspection'), []);
});

test.run();
