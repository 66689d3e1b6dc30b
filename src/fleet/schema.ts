import { z } from 'zod';
import { FAMILIES, KINDS, SEVERITIES } from '../event/kinds.ts';
import { eventSchema } from '../event/schema.ts';

/** The one source of a fleet's model: its types (fleet.ts) and, at build time, its JSON Schema. Nothing at run time loads this file. */

const { wall, records, task } = eventSchema.shape;
const inputs = z.int().describe('How many inputs');
const share = z.strictObject({ name: z.string(), inputs });
const shareOf = share.extend({ of: z.int().describe('Inputs of the fleet that are from this release') });

const member = z
  .strictObject({
    source: z.string(),
    host: z.string().optional(),
    severity: z.enum(SEVERITIES).describe('The worst'),
    hash: z.string().describe('The variant'),
    incidents: z.int().describe('Incidents that it began in this input'),
    event: z.string().describe('Its newest event that began an incident, as lastkmsg events calls it'),
    incident: z.string().optional().describe('The incident that this event began, as lastkmsg incidents calls it'),
    verdict: z.string().optional(),
    boot: z.int(),
    uptime: z.number().optional(),
    wall,
    records,
    task,
    release: z.string().optional(),
    taint: z.array(z.string()).describe('Letters'),
    hardware: z.string().optional(),
  })
  .describe("One input's part of a group");

const group = z
  .strictObject({
    key: z.string().describe('Kind and title: tells it from the other groups, stable over runs'),
    hash: z.string().describe('signature.hash of the variant that most inputs show'),
    kind: z.enum(KINDS),
    family: z.enum(FAMILIES),
    title: z.string(),
    severity: z.enum(SEVERITIES).describe('The worst'),
    inputs: z.int().describe('Inputs that show it, each counted once; one member each'),
    incidents: z.int().describe('Incidents that it began, in all of them'),
    hosts: z.array(z.string()).describe('Known machines, sorted'),
    withoutHost: z.int().describe('Inputs that name no host'),
    first: wall.describe('The oldest time that is known'),
    last: wall.describe('The newest time that is known'),
    kernels: z.array(shareOf).describe('Releases it was seen on, in order of version'),
    newIn: shareOf
      .extend({
        before: share.describe('The release before, and how many inputs are from it: it is seen in none of them'),
        earlier: z.int().describe('Inputs of all earlier releases'),
      })
      .optional()
      .describe('The first release it is seen on, where inputs of earlier ones of the same flavour do not show it'),
    taint: z.array(share).describe('Letters, most frequent first'),
    hardware: z.array(share).describe('Models of machines, most frequent first'),
    together: z
      .array(
        share.extend({
          key: z.string().describe('Of its group, if it has one'),
          kind: z.enum(KINDS),
          percent: z.int(),
          untimed: z.int().describe('Their times do not compare'),
        }),
      )
      .describe('Other signatures in the same inputs, within five minutes where both times are known'),
    culprit: z.string().optional().describe('Guilty function with its module, of the variant that most inputs show'),
    stack: z.array(z.string()).describe('Frames from the culprit outwards, of that variant'),
    variants: z
      .array(z.strictObject({ hash: z.string(), frames: z.array(z.string()), culprit: z.string().optional(), inputs }))
      .describe('The same title with other callers, most frequent first; an input may show several'),
    members: z.array(member).describe('One for each input, newest first, those without a time last'),
  })
  .describe('One signature: a kind and a title');

const quiet = z.strictObject({
  source: z.string(),
  host: z.string().optional(),
  releases: z.array(z.string()),
  events: z.int().describe('Events that harmed nobody'),
  records: z.int(),
});

export const fleetSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    inputs: z.int().describe('All: read, copies, unreadable'),
    read: z.int().describe('Inputs that count'),
    lossy: z.int().describe('Inputs read with loss'),
    hosts: z.array(z.string()).describe('Names of machines that are known, sorted'),
    first: z.string().optional().describe('ISO 8601: the oldest time that any input is from'),
    last: z.string().optional().describe('The newest'),
    kernels: z.array(share).describe('Releases, in order of version'),
    days: z
      .array(
        z.strictObject({
          day: z.string().describe('UTC: 2026-11-22'),
          inputs,
          families: z
            .partialRecord(z.enum([...FAMILIES, 'quiet']), z.int())
            .describe('Inputs by the family of the incident that is nearest to their end'),
        }),
      )
      .describe('Days that have inputs, oldest first'),
    undated: z.int().describe('Inputs that tell no time of the day'),
    groups: z.array(group).describe('Signatures that an incident began with, most frequent first'),
    quiet: z.array(quiet).describe('Inputs without an incident, by name'),
    copies: z
      .array(z.strictObject({ source: z.string(), of: z.string().describe('source of the dump') }))
      .describe('Logs that are the text of a dump beside them: not counted'),
    unreadable: z.array(
      z.strictObject({ kind: z.literal('unreadable'), source: z.string(), reason: z.string(), bug: z.boolean().optional() }),
    ),
  })
  .meta({ id: 'Fleet' });
