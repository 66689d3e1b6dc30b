import Ajv2020 from 'ajv/dist/2020.js';
import { jsonSchema } from '../../src/output/json/json-schema.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addSchema(jsonSchema(), 'lastkmsg');
const validate = (name: string) => {
  const check = ajv.getSchema(`lastkmsg#/$defs/${name}`);
  if (!check) throw new Error(`the JSON Schema defines no ${name}`);
  return check;
};

type Definition = 'Event' | 'IncidentReport' | 'Fleet' | 'Inspection' | 'Answer' | 'FleetReply';

/** What the generated JSON Schema finds wrong with a value as printed (undefined fields do not exist in JSON); empty when all is well. */
export function schemaErrors(value: unknown, definition: Definition = 'Event'): string[] {
  const check = validate(definition);
  check(JSON.parse(JSON.stringify(value)));
  return (check.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
}
