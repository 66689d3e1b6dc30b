import { z } from 'zod';
import { incidentReportSchema } from '../../event/incident-schema.ts';
import { eventSchema } from '../../event/schema.ts';
import { fleetSchema } from '../../fleet/schema.ts';

/** The JSON Schema (2020-12) of what lastkmsg prints; run by scripts/build.mjs, never by the program. */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, $defs, ...root } = z.toJSONSchema(z.union([eventSchema, incidentReportSchema, fleetSchema])) as Record<string, unknown>;
  return { $schema, title: 'lastkmsg: an event, the incidents of one input, or what many inputs share', ...root, $defs };
}
