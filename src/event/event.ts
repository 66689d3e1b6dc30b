/** The types of events and incidents, all taken from the one zod source; type-only, so that zod is never loaded at run time. */
import type { z } from 'zod';
import type { incidentReportSchema, incidentSchema } from './incident-schema.ts';
import type { machineSchema } from './machine-schema.ts';
import type { oomSchema } from './oom-schema.ts';
import type { codeSchema, eventSchema, frameSchema, instructionSchema, lockSchema, rawRecordSchema, stackSchema } from './schema.ts';

export type { Kind, Severity } from './kinds.ts';

export type Event = z.infer<typeof eventSchema>;
export type Frame = z.infer<typeof frameSchema>;
export type Stack = z.infer<typeof stackSchema>;
export type StackContext = Stack['context'];
export type Code = z.infer<typeof codeSchema>;
export type Instruction = z.infer<typeof instructionSchema>;
export type Lock = z.infer<typeof lockSchema>;
export type RawRecord = z.infer<typeof rawRecordSchema>;

export type Records = Event['records'];
export type Task = NonNullable<Event['task']>;
export type Wall = NonNullable<Event['wall']>;
export type Taint = NonNullable<Event['taint']>;
export type Fault = NonNullable<Event['fault']>;
export type Module = NonNullable<Event['modules']>[number];
export type Details = NonNullable<Event['details']>;
export type Signature = NonNullable<Event['signature']>;
export type Completeness = Event['completeness'];

export type Oom = z.infer<typeof oomSchema>;
export type OomLimits = NonNullable<Oom['limits']>;
export type OomZone = NonNullable<Oom['zones']>[number];
export type OomTask = NonNullable<Oom['tasks']>[number];
export type OomUsage = NonNullable<Oom['usage']>;
export type OomCause = NonNullable<Oom['cause']>;
export type OomEvidence = OomCause['evidence'][number];
export type OomVictimChoice = NonNullable<Oom['victimChoice']>;
export type OomBadness = OomVictimChoice['badness'][number];
export type OomVictim = NonNullable<Oom['victims']>[number];

export type Incident = z.infer<typeof incidentSchema>;
export type IncidentEdge = Incident['edges'][number];
export type VerdictClause = Incident['clauses'][number];
export type NextStep = Incident['nextSteps'][number];
export type Confidence = IncidentEdge['confidence'];
export type MachineFacts = z.infer<typeof machineSchema>;
export type IncidentReport = z.infer<typeof incidentReportSchema>;
