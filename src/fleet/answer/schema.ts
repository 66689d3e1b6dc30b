import { z } from 'zod';
import { FAMILIES, KINDS, SEVERITIES } from '../../event/kinds.ts';
import { ANSWER_STATUSES } from './statuses.ts';

/** The one source of an answer: its types (answer.ts) and, at build time, its JSON Schema. Nothing at run time loads this file. */

const time = z.strictObject({
  time: z.string().describe('ISO 8601, UTC'),
  source: z.string().describe("crashtime, rtc, journal, syslog…: of events' wall"),
});

/** What an incident and the event that it counts under have in common: the identity over many machines. */
const identity = {
  kind: z.enum(KINDS),
  family: z.enum(FAMILIES),
  title: z.string(),
  signature: z
    .string()
    .describe(
      'signature.hash of the event, which holds the callers: hashes of one kind and title are its variants. Empty where it has none',
    ),
  culprit: z.string().optional().describe('foo_release [foo]'),
};

const incident = z.strictObject({
  incident: z.string().describe('I2: what lastkmsg incidents calls it'),
  ...identity,
  headline: z.string(),
  verdict: z.string(),
  inferred: z.boolean().describe('Part of the verdict is a conclusion of ours, not what the kernel said'),
  confidence: z.enum(['high', 'medium', 'low']).optional().describe('Of its weakest link; absent where it is of one event alone'),
  severity: z.enum(SEVERITIES).describe('The worst of its events'),
  when: time.optional(),
});

const event = z.strictObject({
  event: z.string().describe('E4: what lastkmsg events calls it'),
  ...identity,
  severity: z.enum(SEVERITIES),
  boot: z.int(),
  uptime: z.number().optional().describe('Seconds since boot'),
  when: time.optional(),
  count: z.number().describe('How often it was reported: repeats are folded into one event'),
  comm: z.string().optional(),
});

export const answerSchema = z
  .strictObject({
    schema: z.literal(1),
    id: z.string().describe("SHA-256 of the input's bytes, in hex: the same input twice is one answer, whatever its name"),
    input: z.string().describe('What it was called where it was read'),
    readAt: z
      .string()
      .describe("ISO 8601, UTC: when it was read. The store's day, which retention goes by: a crashed machine's clock may say anything"),
    version: z.string().describe('The lastkmsg that read it'),
    status: z
      .enum(ANSWER_STATUSES)
      .describe(
        'lossy: read, and something was lost. unreadable: neither dump nor log. dead: reading it was given up, it killed its readers. copy: the text of a dump beside it, which counts. archive: what was in it has answers of its own',
      ),
    reason: z.string().optional().describe('Why it was not read, or what of it is a copy; one line'),
    losses: z.array(z.string()).describe('What was lost, a line each'),
    form: z.string().optional().describe('vmcore, or the text form'),
    host: z.string().optional().describe('Node name of the machine that crashed'),
    when: time.optional().describe('When the log ends: the crash. As its source has it, so possibly wrong by years'),
    release: z.string().optional().describe('Of the kernel that wrote the end of the log'),
    releases: z.array(z.string()).describe('All of them: a text may hold several boots'),
    arch: z.string().optional().describe('As the dump names it (x86_64, arm64); texts do not say'),
    model: z.string().optional().describe('QEMU Standard PC (i440FX + PIIX, 1996)'),
    firmware: z.string().optional().describe('1.16.2-debian-1.16.2-1 04/01/2014'),
    taint: z.array(z.string()).describe('Letters of taint that any of its reports shows'),
    modules: z
      .array(z.strictObject({ name: z.string(), taint: z.string().optional().describe('OE: letters of its taint') }))
      .describe('As the last report that lists them has them; empty where none does'),
    records: z.int(),
    incidents: z.array(incident).describe('The worst first'),
    events: z.array(event),
    omitted: z.int().describe('Events and incidents that were not kept, for a forged log has no end of them'),
  })
  .describe('What one input came to: what workers send and the store of the fleet keeps')
  .meta({ id: 'Answer' });
