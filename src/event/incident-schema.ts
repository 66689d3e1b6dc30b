import { z } from 'zod';
import { SEVERITIES } from './kinds.ts';
import { machineSchema } from './machine-schema.ts';

/** The contract's "Incidents": what `lastkmsg incidents` prints for one input. */
export const incidentSchema = z
  .strictObject({
    id: z.string(),
    headline: z.string().max(100).describe('What happened, in one line of at most 100 characters'),
    headlineEvidence: z.array(z.int()).describe('The records that the headline rests on'),
    reasons: z
      .array(
        z.strictObject({
          text: z.string().describe('A sentence'),
          evidence: z.array(z.int()).describe('Record sequence numbers'),
          inferred: z.boolean().optional().describe('true: a conclusion of ours, not what the kernel said'),
          memory: z.literal(true).optional().describe('Read from the memory of the dump: no record says it'),
        }),
      )
      .describe('Why, and what came of it, beyond the headline'),
    verdict: z.string().describe('One sentence; the texts of clauses, joined'),
    clauses: z
      .array(
        z.strictObject({
          text: z.string(),
          evidence: z.array(z.int()).describe('Record sequence numbers'),
          inferred: z.boolean().optional().describe('true: a conclusion of ours, not what the kernel said'),
          memory: z.literal(true).optional().describe('Read from the memory of the dump: no record says it'),
        }),
      )
      .describe('What the verdict says, each part with the records it rests on'),
    severity: z.enum(SEVERITIES),
    first: z.string(),
    terminal: z.string(),
    events: z.array(z.string()),
    edges: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        rule: z.string(),
        evidence: z.array(z.int()).describe('Record sequence numbers'),
        confidence: z.enum(['high', 'medium', 'low']),
      }),
    ),
    notProven: z.array(z.string()),
    nextSteps: z.array(z.strictObject({ tool: z.enum(['crash', 'drgn', 'gdb', 'shell']), command: z.string(), why: z.string() })),
  })
  .meta({ id: 'Incident' });

export const incidentReportSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    source: z.string(),
    dump: z.record(z.string(), z.unknown()).optional().describe('What info --json says'),
    machine: machineSchema.optional().describe('What the memory of the dump says; absent of a log, and of a dump that holds no more'),
    incidents: z.array(incidentSchema).describe('The worst first, of equals the older; ids count in the order of the log'),
    unexplained: z.array(z.string()),
  })
  .meta({ id: 'IncidentReport' });
