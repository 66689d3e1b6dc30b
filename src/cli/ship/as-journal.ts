import { chunksOf } from '../../dump/open/file-source.ts';
import { Spool } from '../../dump/open/spool.ts';
import { asLogInput, type Opened } from '../../read/inputs/open.ts';
import { BOOT_ENTRY, entryOf } from '../../record/boot-entry.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { Content } from './content.ts';

/**
 * The kernel's records as journald's JSON, the one form of text that holds both of a record's times, its level and its boot.
 * @param map of texts
 */
export async function asJournal(opened: Opened, map: (text: string) => string = (text) => text): Promise<Content> {
  const input = asLogInput(opened);
  const spool = new Spool(input.name);
  const boots = new Map<string, string>();
  let boot: string | undefined;
  for await (const batch of input.batches) {
    const lines = batch.map((record) => {
      const named = entryOf(record.dict, BOOT_ENTRY);
      // which boot it was tells one machine from another; that it was another one is all that is needed
      if (named !== undefined) boot = boots.get(named) ?? `boot-${boots.size + 1}`;
      if (named !== undefined && boot !== undefined) boots.set(named, boot);
      return record.foreign === true ? '' : `${JSON.stringify(entry(record, boot, map))}\n`;
    });
    spool.write(Buffer.from(lines.join('')));
  }
  const source = spool.source();
  return { pieces: () => chunksOf(source), losses: input.losses, close: () => source.close() };
}

/** Numbers are texts in a journal. */
function entry({ text, usec, level, facility, wall, dict }: PrintkRecord, boot: string | undefined, map: (text: string) => string) {
  const told = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));
  const mapped = (name: string): string | undefined => {
    const value = entryOf(dict, name);
    return value === undefined ? undefined : decodeText(map(value));
  };
  return {
    _TRANSPORT: 'kernel',
    SYSLOG_IDENTIFIER: 'kernel',
    _BOOT_ID: boot,
    __REALTIME_TIMESTAMP: told(wall?.usec),
    _SOURCE_MONOTONIC_TIMESTAMP: told(usec),
    PRIORITY: told(level),
    SYSLOG_FACILITY: told(facility),
    _KERNEL_SUBSYSTEM: mapped('SUBSYSTEM='),
    _KERNEL_DEVICE: mapped('DEVICE='),
    MESSAGE: decodeText(map(text)),
  };
}
