import { z } from 'zod';

const task = { pid: z.int().optional(), comm: z.string().optional() };

/** What the memory of a dump says beyond its log, as far as it bears on what the log reports. */
export const machineSchema = z
  .strictObject({
    panic: z
      .strictObject({ ...task, cpu: z.int() })
      .optional()
      .describe('The task that panicked'),
    stack: z
      .strictObject({
        frames: z.array(z.string()).describe('Of the task that panicked, innermost first: symbol+0xoffset [module]'),
        agrees: z.boolean().optional().describe('Whether it is the stack that the log has; absent where the log has none'),
        why: z.string().optional(),
      })
      .optional(),
    cpus: z.array(
      z.strictObject({
        ...task,
        cpu: z.int(),
        in: z
          .array(z.string())
          .describe('Functions, innermost first, until another CPU stopped it or a watchdog found it hanging; none in user space'),
        idle: z.boolean(),
      }),
    ),
    stuck: z
      .array(
        z.strictObject({
          ...task,
          sinceMs: z.int().optional(),
          what: z.string().optional().describe('What it waits for; absent where its stack does not tell'),
          request: z.string().optional().describe('The request in flight that this waits for'),
          owner: z
            .strictObject({
              ...task,
              in: z.array(z.string()).optional().describe('Functions that it sleeps in, where it is not stuck itself'),
            })
            .optional()
            .describe('Who holds the lock'),
          waitsFor: z.array(z.int()).describe('The owner, whom that waits for, and so on'),
        }),
      )
      .describe('Tasks in uninterruptible sleep'),
    memory: z.array(z.strictObject({ item: z.string(), pages: z.int() })),
    largest: z.array(z.strictObject({ ...task, rssKb: z.int() })).describe('Processes by resident memory'),
    slabs: z
      .array(z.strictObject({ name: z.string(), bytes: z.int() }))
      .optional()
      .describe('The largest slab caches, where the log says that memory ran short'),
    cgroups: z
      .array(z.strictObject({ path: z.string(), usageBytes: z.int(), maxBytes: z.int().optional() }))
      .optional()
      .describe('The largest control groups without groups below, where the log says that memory ran short'),
    objects: z
      .array(
        z.strictObject({
          event: z.string(),
          register: z.string(),
          address: z.string(),
          cache: z.string().describe('The slab cache whose object it points into'),
          offset: z.int().describe('Bytes from the start of the object'),
          isFree: z.boolean().optional().describe('Absent where a list of free objects could not be read to its end'),
        }),
      )
      .optional()
      .describe('What registers of the last reports point to'),
    unknown: z.array(z.string()).optional().describe('What could not be read, and why'),
  })
  .meta({ id: 'Machine' });
