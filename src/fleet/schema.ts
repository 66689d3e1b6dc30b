import { z } from 'zod';
import { FAMILIES, KINDS, SEVERITIES } from '../event/kinds.ts';
import { eventSchema } from '../event/schema.ts';
import type { Fleet } from './fleet.ts';

/** The model of fleet.ts for the JSON Schema (at build time): nothing at run time loads this file. */

const { wall, records, task } = eventSchema.shape;
const inputs = z.int().describe('How many inputs');
const share = z.strictObject({ name: z.string(), inputs });
const shareOf = share.extend({ of: z.int().describe('Inputs of the fleet that are from this release') });

const member = z.strictObject({
  source: z.string(),
  host: z.string().optional(),
  severity: z.enum(SEVERITIES),
  hash: z.string().describe('The variant'),
  incidents: z.int(),
  event: z.string().describe('Its newest event that began an incident, as lastkmsg events calls it'),
  incident: z.string().optional(),
  verdict: z.string().optional(),
  boot: z.int(),
  uptime: z.number().optional(),
  wall,
  records,
  task,
  release: z.string().optional(),
  taint: z.array(z.string()).describe('Letters'),
  hardware: z.string().optional(),
});

const group = z.strictObject({
  key: z.string().describe('Kind and title'),
  hash: z.string().describe('signature.hash of the variant that most inputs show'),
  kind: z.enum(KINDS),
  family: z.enum(FAMILIES),
  title: z.string(),
  severity: z.enum(SEVERITIES).describe('The worst'),
  inputs,
  incidents: z.int(),
  hosts: z.array(z.string()),
  withoutHost: inputs.describe('Inputs that name no host'),
  first: wall,
  last: wall,
  kernels: z.array(shareOf).describe('Releases it was seen on, in order of version'),
  newIn: shareOf
    .extend({ before: share, earlier: z.int().describe('Inputs of all earlier releases') })
    .optional()
    .describe('The first release it is seen on, where inputs of earlier ones of the same flavour do not show it'),
  taint: z.array(share),
  hardware: z.array(share),
  together: z
    .array(
      share.extend({ key: z.string(), kind: z.enum(KINDS), percent: z.int(), untimed: z.int().describe('Their times do not compare') }),
    )
    .describe('Other signatures in the same inputs, within five minutes'),
  culprit: z.string().optional(),
  stack: z.array(z.string()),
  variants: z
    .array(z.strictObject({ hash: z.string(), frames: z.array(z.string()), culprit: z.string().optional(), inputs }))
    .describe('The same title with other callers'),
  members: z.array(member).describe('One for each input, newest first'),
});

export const fleetSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    inputs: inputs.describe('All: read, copies, unreadable'),
    read: inputs.describe('Inputs that count'),
    lossy: inputs.describe('Read with loss'),
    hosts: z.array(z.string()),
    first: z.string().optional().describe('ISO 8601'),
    last: z.string().optional(),
    kernels: z.array(share),
    days: z.array(
      z.strictObject({
        day: z.string().describe('UTC'),
        inputs,
        families: z.partialRecord(z.enum([...FAMILIES, 'quiet']), z.int()),
      }),
    ),
    undated: inputs.describe('Inputs that tell no time of the day'),
    groups: z.array(group).describe('Signatures, most frequent first'),
    quiet: z
      .array(
        z.strictObject({
          source: z.string(),
          host: z.string().optional(),
          releases: z.array(z.string()),
          events: z.int(),
          records: z.int(),
        }),
      )
      .describe('Inputs without an incident'),
    copies: z
      .array(z.strictObject({ source: z.string(), of: z.string() }))
      .describe('Logs that are the text of a dump beside them: not counted'),
    unreadable: z.array(
      z.strictObject({ kind: z.literal('unreadable'), source: z.string(), reason: z.string(), bug: z.boolean().optional() }),
    ),
  })
  .meta({ id: 'Fleet' }) satisfies z.ZodType<Fleet>;
