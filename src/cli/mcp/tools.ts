import { z } from 'zod';
import { InputError } from '../../dump/source.ts';
import type { Event } from '../../event/event.ts';
import { incidentReport } from '../../output/json/incident-json.ts';
import { textOf } from '../../record/decode-text.ts';
import { parseKinds, parseSeverities } from '../events/filter.ts';
import { UsageError } from '../exit.ts';
import { inspected } from '../inspect/inspected.ts';
import { PARTS } from '../inspect/parts.ts';
import { page } from './answers.ts';
import type { Readings } from './reading.ts';
import type { Roots } from './roots.ts';

const path = z.string().min(1).max(4096).describe('A dump or a log below the roots; archive!member for what an archive holds.');
const offset = z.int().min(0).default(0).describe('Where to begin: `next` of the answer before.');
const limit = (most: number, usual: number) => z.int().min(1).max(most).default(usual);

/** A tool: what it is for, what it takes, and what it answers. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly run: (args: never, world: World) => Promise<object>;
}

export interface World {
  readonly roots: Roots;
  readonly readings: Readings;
}

const tool = <S extends z.ZodObject>(
  name: string,
  title: string,
  description: string,
  input: S,
  run: (args: z.infer<S>, world: World) => Promise<object>,
): Tool => ({ name, title, description, input, run: run as Tool['run'] });

export const TOOLS: readonly Tool[] = [
  tool(
    'list_inputs',
    'Files that can be read',
    'Files below the roots that may be kernel crash dumps or kernel logs. Begin here when no path was given.',
    z.object({ directory: z.string().max(4096).optional().describe('Only below this directory.'), offset, limit: limit(500, 100) }),
    async ({ directory, offset: from, limit: most }, { roots }) => {
      const { files, more } = roots.list(directory);
      return { roots: roots.all, ...page(files, from, most), ...(more && { more: 'there are further files; name a directory' }) };
    },
  ),
  tool(
    'info',
    'What an input is',
    'What a dump or a log is: container, architecture, kernel release, build id, crash time, number of log records, what was lost.',
    z.object({ path }),
    async ({ path: asked }, { roots, readings }) => {
      const part = await readings.part(roots.allow(asked));
      return { ...part.info, losses: part.losses };
    },
  ),
  tool(
    'incidents',
    'What happened, and why',
    'Verdict, chain of causes with the log records that prove it, what is not proven, and next steps. The best first question about a crash.',
    z.object({ path }),
    async ({ path: asked }, { roots, readings }) => {
      const part = await readings.part(roots.allow(asked));
      return incidentReport({ name: part.source }, part.info, {
        machine: part.machine,
        incidents: [...part.incidents],
        unexplained: [...part.unexplained],
      });
    },
  ),
  tool(
    'events',
    'Structured events',
    'Everything in the log that kills or warns (oops, BUG, WARNING, OOM kill, lockup, I/O error…), in short, oldest first. `event` tells one in full.',
    z.object({
      path,
      kinds: z
        .string()
        .max(1000)
        .optional()
        .describe('Kinds or families with commas between: oom-kill,hung-task, or oops, panic, hung, oom, corrupt, lock, warn, hw.'),
      severities: z.string().max(100).optional().describe('fatal,error,warning,info; error+ for that and worse.'),
      offset,
      limit: limit(200, 50),
    }),
    async ({ path: asked, kinds, severities, offset: from, limit: most }, { roots, readings }) => {
      const wanted = { kinds: parseKinds(kinds, 'kinds'), severities: parseSeverities(severities) };
      const { events } = await readings.part(roots.allow(asked));
      const shown = events.filter(({ kind, severity }) => (wanted.kinds?.has(kind) ?? true) && (wanted.severities?.has(severity) ?? true));
      return page(shown.map(short), from, most);
    },
  ),
  tool(
    'event',
    'One event in full',
    'All that is known of one event: fault, registers, code, stacks, modules, locks, memory at an OOM kill; `sources` names the records of each value.',
    z.object({
      path,
      id: z
        .string()
        .regex(/^E\d{1,9}$/)
        .describe('E1, E2…, as `events` has it.'),
    }),
    async ({ path: asked, id }, { roots, readings }) => {
      const { events } = await readings.part(roots.allow(asked));
      const found = events.find((event) => event.id === id);
      if (found === undefined) throw new UsageError(`there is no ${id}: the last is ${events.at(-1)?.id ?? 'none'}`);
      return found;
    },
  ),
  tool(
    'search_log',
    'Search the kernel log',
    'Records of the log, oldest first: those that hold all the given words (no patterns; upper and lower case are the same), or those from a record number on.',
    z.object({
      path,
      words: z.array(z.string().min(1).max(200)).max(8).default([]).describe('All of them stand in the record.'),
      first: z.number().int().min(0).optional().describe('Only records from this number on (a line number of a text).'),
      last: z.number().int().min(0).optional().describe('Only records up to this number.'),
      offset,
      limit: limit(500, 100),
    }),
    async ({ path: asked, words, first = 0, last = Number.POSITIVE_INFINITY, offset: from, limit: most }, { roots, readings }) => {
      const sought = words.map((word) => word.toLowerCase());
      return readings.records(roots.allow(asked), async ({ batches }) => {
        const found: { record: number; time?: number; text: string }[] = [];
        let total = 0;
        for await (const batch of batches)
          for (const { seq, usec, text } of batch) {
            if (seq < first || seq > last) continue;
            const decoded = textOf(text);
            const lower = decoded.toLowerCase();
            if (!sought.every((word) => lower.includes(word))) continue;
            // counted all, kept as many as may be asked for
            if (total++ >= from && found.length < most)
              found.push({ record: seq, ...(usec !== undefined && { time: usec / 1e6 }), text: decoded.slice(0, 2000) });
          }
        const { items } = page(found, 0, most);
        const next = from + items.length;
        return { items, total, ...(next < total && items.length > 0 && { next }) };
      });
    },
  ),
  tool(
    'inspect',
    'What the memory of a dump holds',
    `Beyond the log, from a vmcore alone and without debuginfo: tasks, stacks, memory, modules, who waits for whom. Parts: ${PARTS.map(({ name }) => name).join(', ')}.`,
    z.object({
      path,
      what: z
        .string()
        .min(1)
        .max(200)
        .default('overview')
        .describe(
          "A part with its arguments, as in crash: 'ps -m', 'bt 1234', 'foreach UN bt', 'kmem -i', 'struct task_struct.comm init_task'.",
        ),
      offset,
      limit: limit(500, 100),
    }),
    async ({ path: asked, what, offset: from, limit: most }, { roots, readings }) => {
      const words = what.trim().split(/\s+/);
      const part = PARTS.find(({ name }) => name === words[0]);
      if (part === undefined) throw new UsageError(`inspect has no ${words[0]}: ${PARTS.map(({ name }) => name).join(', ')}`);
      return readings.opened(roots.allow(asked), async (opened) => {
        if (opened.kind === 'text') throw new UsageError(`${asked} is a log (${opened.input.form}): it has no memory to inspect`);
        const { head, answer, unknown, holes, reason } = await inspected(opened.dump, part, words);
        return { ...head, ...(reason !== undefined && { reason }), ...page(answer?.rows ?? [], from, most), unknown, holes };
      });
    },
  ),
];

/** What of an event tells it from others. */
const short = ({ id, kind, title, severity, uptime, wall, boot, records, task, culprit, details }: Event): Partial<Event> => ({
  id,
  kind,
  severity,
  title,
  boot,
  ...(uptime !== undefined && { uptime }),
  ...(wall !== undefined && { wall }),
  records,
  ...(task !== undefined && { task }),
  ...(culprit !== undefined && { culprit }),
  ...(details !== undefined && { details }),
});

/** The line that says why a question cannot be answered; undefined where it is a bug. */
export const reasonOf = (error: unknown): string | undefined =>
  error instanceof UsageError || error instanceof InputError || (error as Error).name === 'OutsideError'
    ? (error as Error).message
    : undefined;
