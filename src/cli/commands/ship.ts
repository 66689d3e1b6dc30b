import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '../../fleet/queue/connect.ts';
import { JOB_SCHEMA, type Job } from '../../fleet/queue/job.ts';
import { expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import { EXIT, inputProblem, readCode, UsageError } from '../exit.ts';
import { inputForm } from '../inputs/form.ts';
import { type Prepared, type PrepareOptions, prepare } from '../ship/prepare.ts';
import { Sender } from '../ship/sender.ts';
import { ShipSpool } from '../ship/spool.ts';
import { VERSION } from '../version.ts';
import { warn } from '../warn.ts';
import { bytesOf, type CommonOptions, serverOf } from './options.ts';

export interface ShipOptions extends CommonOptions, Partial<ServerOptions> {
  readonly redact?: boolean | undefined;
  readonly redactWord?: readonly string[] | undefined;
  /** Words of the settings: replaced where anything is. */
  readonly redactWords?: readonly string[] | undefined;
  /** Keep what `inspect` needs too. */
  readonly inspect?: boolean | undefined;
  readonly spool?: string | undefined;
  readonly maxSpool?: string | undefined;
  /** Only what waits in the spool. */
  readonly resume?: boolean | undefined;
}

const SPOOL_BYTES = 1 << 30;

/**
 * `lastkmsg ship`: trimmed dumps and logs to a server, or to the spool until it is there.
 * @returns 0 where the server has all of it, 3 where something waits or was lost, 2 where nothing could be read
 */
export async function ship(files: readonly string[], options: ShipOptions): Promise<number> {
  const server = serverOf(options);
  if (files.length === 0 && !options.resume) throw new UsageError('ship takes a FILE or more, or --resume');
  const preparing: PrepareOptions = {
    form: inputForm(options.input),
    inspect: options.inspect === true,
    redact: options.redact === true || options.redactWord !== undefined,
    words: [...(options.redactWord ?? []), ...(options.redactWords ?? [])],
  };
  const spool = new ShipSpool(options.spool ?? usualSpool(), bytesOf(options.maxSpool, 'max-spool') ?? SPOOL_BYTES);
  const sender = new Sender(server, spool);
  let [read, failed, lossy] = [0, 0, false];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const problem = inputProblem(error);
      if (problem === undefined) throw error;
      warn(problem);
      failed++;
    }
  };
  for (const group of files.length === 0 ? [] : await groupFiles(files)) {
    await attempt(async () => {
      const { groups, losses, close } = await expand(group, { form: preparing.form });
      for (const line of losses) if (!options.quiet) warn(line);
      lossy ||= losses.length > 0;
      for (const one of groups) {
        await attempt(async () => {
          const prepared = await prepare(one, preparing);
          for (const line of prepared.losses) if (!options.quiet) warn(`${prepared.input}: ${line}`);
          lossy ||= prepared.losses.length > 0;
          await sender.send(jobOf(prepared, preparing.redact), () => prepared.pieces()).finally(() => prepared.close());
          read++;
        });
      }
      close();
    });
  }
  await sender.resume();
  await sender.close();
  const code = readCode({ read, failed, lossy });
  if (sender.lost > 0 && sender.sent + sender.waits === 0) return EXIT.noInput;
  return code === EXIT.ok && sender.waits + sender.lost > 0 ? EXIT.loss : code;
}

const jobOf = ({ id, bytes, input, modified }: Prepared, redact: boolean): Job => ({
  schema: JOB_SCHEMA,
  id,
  bytes,
  input,
  host: redact ? undefined : hostname(),
  modified,
  shippedAt: new Date().toISOString(),
  version: VERSION,
});

/** Where the system keeps spools, or this user. */
function usualSpool(): string {
  if (process.getuid?.() === 0) return '/var/spool/lastkmsg';
  return join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'lastkmsg', 'spool');
}
