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
        in: z.array(z.string()).describe('Functions, innermost first; none in user space'),
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
          owner: z.strictObject(task).optional().describe('Who holds the lock'),
          waitsFor: z.array(z.int()).describe('The owner, whom that waits for, and so on'),
        }),
      )
      .describe('Tasks in uninterruptible sleep'),
    memory: z.array(z.strictObject({ item: z.string(), pages: z.int() })),
    largest: z.array(z.strictObject({ ...task, rssKb: z.int() })).describe('Processes by resident memory'),
    unknown: z.array(z.string()).optional().describe('What could not be read, and why'),
  })
  .meta({ id: 'Machine' });
