import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '../../fleet/queue/connect.ts';
import { JOB_SCHEMA, type Job } from '../../fleet/queue/job.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { EXIT, UsageError } from '../exit.ts';
import { eachGroup, type Used } from '../inputs/each-group.ts';
import { inputForm } from '../inputs/form.ts';
import type { Prepared } from '../ship/content.ts';
import { type PrepareOptions, prepare } from '../ship/prepare.ts';
import { savedLogs } from '../ship/saved-log.ts';
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
  const { quiet, verbose } = options;
  const groups = files.length === 0 ? [] : await groupFiles(files);
  const saved = await savedLogs(groups);
  if (!quiet) for (const [[log], dump] of saved) warn(`${log?.name}: the text of ${dump}, not shipped`);
  const news = groups.filter((group) => !saved.has(group));
  const one = async (group: InputGroup): Promise<Used> => {
    const prepared = await prepare(group, preparing);
    const { input: name, losses } = prepared;
    await sender.send(jobOf(prepared, preparing.redact), prepared);
    if (group.some(({ held }) => held)) await sender.settle(); // its bytes are those of an archive, which is closed next
    return { name, losses };
  };
  // of no FILE at all it would read standard input
  const code = news.length === 0 ? EXIT.ok : await eachGroup(news, { form: preparing.form, quiet, verbose }, one);
  await sender.resume();
  await sender.close();
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
