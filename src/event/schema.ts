import { z } from 'zod';
import { KINDS, SEVERITIES, STACK_CONTEXTS } from './kinds.ts';
import { oomSchema } from './oom-schema.ts';
import { hexSchema, sizeSchema } from './scalars.ts';

/** Everything here becomes types (event.ts, type-only) and the JSON Schema (at build time): nothing at run time loads this file. */

export const frameSchema = z
  .strictObject({
    symbol: z.string().optional(),
    offset: sizeSchema.optional().describe('Bytes from the symbol'),
    size: sizeSchema.optional().describe('Bytes of the symbol; a hex string where it does not fit 2^53'),
    module: z.string().optional(),
    buildId: z.string().optional(),
    reliable: z.boolean().optional().describe('false where the kernel printed ? or (unreliable)'),
    inlined: z.boolean().optional(),
    file: z.string().optional(),
    line: z.int().optional(),
    address: hexSchema.optional(),
  })
  .meta({ id: 'Frame' });

export const stackSchema = z
  .strictObject({
    label: z.string().optional().describe('As the report names it: Call Trace, Allocated by task 7, Freed by task 9, …'),
    context: z.enum(STACK_CONTEXTS),
    pid: z.int().optional(),
    cpu: z.int().optional(),
    frames: z.array(frameSchema),
  })
  .meta({ id: 'Stack' });

export const instructionSchema = z.strictObject({
  offset: z.int().describe('Index in bytes of its first byte in code.bytes'),
  bytes: z.string(),
  text: z.string(),
  faulting: z.boolean().optional(),
});

export const codeSchema = z.strictObject({
  bytes: z.string().describe('Hex as printed, blank between: bytes on x86, instruction words elsewhere; ?? where unreadable'),
  faultIndex: z.int().optional().describe('Index in bytes (not words) of the instruction that faulted'),
  instructions: z.array(instructionSchema).optional(),
});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const flat = z.record(z.string(), z.union([scalar, z.array(scalar)]));
const detail = z.union([scalar, z.array(scalar), flat, z.array(flat)]);

export const lockSchema = z.strictObject({
  text: z.string().describe('As printed'),
  role: z.enum(['held', 'wanted', 'chain']).optional(),
  name: z.string().optional(),
  address: hexSchema.optional(),
  usage: z.string().optional().describe('{+.+.}-{4:4}'),
  depth: z.int().optional().describe('The number after #'),
  comm: z.string().optional(),
  pid: z.int().optional(),
  at: frameSchema.optional(),
  frames: z.array(frameSchema).optional(),
});

export const rawRecordSchema = z.strictObject({
  seq: z.int(),
  time: z.number().optional().describe('Seconds since boot'),
  level: z.int().optional(),
  callerId: z.string().optional(),
  text: z.string(),
});

export const eventSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    source: z.string(),
    id: z.string().describe('E1, E2… in log order within a source'),
    boot: z.int(),
    kind: z.enum(KINDS),
    title: z.string(),
    altTitles: z.array(z.string()).optional(),
    severity: z.enum(SEVERITIES),
    uptime: z.number().optional().describe('Seconds since boot of the first record'),
    wall: z
      .strictObject({
        time: z.string().describe('ISO 8601'),
        source: z.enum(['crashtime', 'rtc', 'dump-header', 'journal', 'syslog', 'ctime', 'iso', 'pstore']),
        uncertaintySeconds: z.number(),
        inferred: z
          .array(z.enum(['year', 'zone']))
          .optional()
          .describe('What the log does not state: a year is the last that fits the time of writing, a zone is UTC'),
      })
      .optional(),
    records: z.strictObject({ first: z.int(), last: z.int(), count: z.int() }),
    task: z
      .strictObject({ pid: z.int().optional(), comm: z.string().optional(), cpu: z.int().optional(), uid: z.int().optional() })
      .optional(),
    callerId: z.string().optional(),
    kernel: z.strictObject({ release: z.string().optional(), version: z.string().optional() }).optional(),
    taint: z
      .strictObject({
        raw: z.string(),
        flags: z.array(z.strictObject({ letter: z.string(), name: z.string(), meaning: z.string() })),
      })
      .optional(),
    hardware: z.string().optional(),
    workqueue: z.string().optional(),
    fault: z
      .strictObject({
        address: hexSchema.optional(),
        access: z.enum(['read', 'write', 'execute']).optional(),
        errorCode: hexSchema.optional(),
        cause: z.string().optional(),
        hint: z.string().optional(),
      })
      .optional(),
    at: frameSchema.optional(),
    culprit: frameSchema.extend({ why: z.string().optional().describe('Why this frame, in a few words') }).optional(),
    registers: z.record(z.string(), hexSchema).optional(),
    code: codeSchema.optional(),
    stacks: z.array(stackSchema).optional(),
    modules: z
      .array(z.strictObject({ name: z.string(), taint: z.string().optional(), size: z.int().optional() }))
      .optional()
      .describe('As printed'),
    locks: z.array(lockSchema).optional(),
    oom: oomSchema.optional(),
    details: z.record(z.string(), detail).optional().describe('What is particular to the kind: seconds, cpus, device, count, …'),
    completeness: z.enum(['complete', 'truncated', 'interleaved']),
    completenessReason: z.string().optional(),
    signature: z.strictObject({ hash: z.string(), frames: z.array(z.string()) }).optional(),
    sources: z
      .record(z.string(), z.array(z.int()))
      .optional()
      .describe('Field path → the records it was read from; stacks.N ends with one record for each frame, oom.tasks has one for each row'),
    raw: z.array(rawRecordSchema).optional().describe("The report's records, with --raw"),
  })
  .meta({ id: 'Event' });
