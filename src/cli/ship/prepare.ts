import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { flattened } from '../../dump/flattened-write.ts';
import { chunksOf, heldSource } from '../../dump/open/file-source.ts';
import { type OpenedFile, openInput, unwrapped } from '../../dump/open/open-dump.ts';
import { Spool } from '../../dump/open/spool.ts';
import { InputError } from '../../dump/source.ts';
import { MOST_BYTES } from '../../fleet/queue/job.ts';
import { lossesOf } from '../../read/inputs/dump-log.ts';
import type { InputForm } from '../../read/inputs/form.ts';
import { isDirectory } from '../../read/inputs/group.ts';
import type { InputFile, InputGroup } from '../../read/inputs/input-file.ts';
import { type Opened, open } from '../../read/inputs/open.ts';
import { trimDump } from '../inputs/trimmed.ts';
import { asJournal } from './as-journal.ts';
import type { Content, Prepared } from './content.ts';
import { plainLog } from './plain-log.ts';
import { redaction } from './redaction.ts';

export interface PrepareOptions {
  readonly form?: InputForm | undefined;
  readonly inspect: boolean;
  readonly redact: boolean;
  /** Words that are replaced, too. */
  readonly words: readonly string[];
}

/**
 * Makes of an input what is shipped of it: a dump is trimmed, a log is taken as it is, without its compression. What is redacted is sent as
 * a log, for no page of a dump can be.
 * @throws InputError where it can be read neither as a dump nor as a log, or is too large
 */
export async function prepare(group: InputGroup, options: PrepareOptions): Promise<Prepared> {
  const plain = options.redact || options.form !== undefined ? undefined : plainLog(group);
  if (plain !== undefined) return plain;
  const own = await seekable(group);
  const opened = await open(own, { form: options.form });
  const name = own[0]?.name ?? '-';
  try {
    const { pieces, losses, close } = await contentOf(own, opened, options);
    const hash = createHash('sha256');
    let bytes = 0;
    for (const piece of pieces()) {
      bytes += piece.length;
      if (bytes > MOST_BYTES) throw tooLarge(name);
      hash.update(piece);
    }
    const closeAll = async (): Promise<void> => {
      await close();
      await opened.close();
    };
    const input = options.redact ? (opened.kind === 'dump' ? 'vmcore' : 'log') : name;
    return { id: hash.digest('hex'), bytes, input, modified: modifiedOf(own[0]), losses, pieces, close: closeAll };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function contentOf(group: InputGroup, opened: Opened, options: PrepareOptions): Promise<Content> {
  if (options.redact) {
    const map = await redaction(opened, options.words);
    const again = await open(group, { form: options.form });
    return asJournal(again, map).finally(() => again.close());
  }
  if (opened.kind === 'dump' && !opened.dump.isCarved) {
    const { extents } = await trimDump(opened.dump, options.inspect);
    return { pieces: () => flattened(extents), losses: lossesOf(opened.dump), close: () => undefined };
  }
  const raw = opened.kind === 'text' ? await rawText(group) : undefined;
  if (raw === undefined) return asJournal(opened);
  return { pieces: () => chunksOf(raw.source), losses: raw.warnings, close: () => raw.source.close() };
}

/** The bytes of a text without its compression; undefined where it is put together of several. */
async function rawText([file, ...others]: InputGroup): Promise<OpenedFile | undefined> {
  if (file === undefined || others.length > 0 || file.parts || file.text !== undefined) return undefined;
  const { name, held, pipe } = file;
  if (held) return unwrapped(name, heldSource(name, held));
  if (pipe?.kind === 'source') return unwrapped(name, pipe.source);
  return isDirectory(name) ? undefined : openInput(name);
}

/** A pipe is kept, so that it can be read twice: till the process ends. */
async function seekable(group: InputGroup): Promise<InputGroup> {
  const [file] = group;
  if (file?.pipe?.kind !== 'stream') return group;
  const spool = new Spool(file.name);
  for await (const chunk of file.pipe.chunks) {
    spool.write(chunk);
    if (spool.size > MOST_BYTES) throw tooLarge(file.name);
  }
  const { fd, size } = spool.source();
  return [{ name: file.name, held: { fd, offset: 0, size } }];
}

const tooLarge = (file: string): InputError =>
  new InputError({
    file,
    sought: `at most ${MOST_BYTES >> 20} MB to ship`,
    found: 'more',
    hint: 'ship a part of it: journalctl -k -b -1 | lastkmsg ship -',
  });

function modifiedOf(file: InputFile | undefined): number | undefined {
  if (file?.held?.mtime !== undefined) return file.held.mtime;
  const stat = file === undefined ? undefined : statSync(file.name, { throwIfNoEntry: false });
  return stat?.isFile() ? Math.round(stat.mtimeMs * 1000) : undefined;
}
