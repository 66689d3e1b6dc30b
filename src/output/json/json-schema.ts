import { z } from 'zod';
import { incidentReportSchema } from '../../event/incident-schema.ts';
import { eventSchema } from '../../event/schema.ts';
import { answerSchema } from '../../fleet/answer/schema.ts';
import { replySchema } from '../../fleet/questions/schema.ts';
import { fleetSchema } from '../../fleet/schema.ts';
import { inspectionSchema } from '../../machine/schema.ts';

/** The JSON Schema (2020-12) of what lastkmsg prints; run by scripts/build.mjs, never by the program. */
export function jsonSchema(): Record<string, unknown> {
  const { $schema, $defs, ...root } = z.toJSONSchema(
    z.union([eventSchema, incidentReportSchema, fleetSchema, inspectionSchema, answerSchema, replySchema]),
  ) as Record<string, unknown>;
  return { $schema, title: 'lastkmsg: an event, the incidents of one input, what many inputs share, or what a dump holds', ...root, $defs };
}
