import { decodeText } from '../../record/decode-text.ts';
import type { Reading } from '../../record/reading.ts';
import type { LogInput } from './input.ts';
import { LogSpan } from './log-span.ts';
import { watched } from './watched.ts';

interface TextLog extends Omit<LogInput, 'info' | 'dump' | 'claims'> {
  /** How its lines were read so far. */
  readonly reading?: (() => Reading) | undefined;
}

/** A log in text form as the log input that it is: with what `info` says of it. */
export function textLog({ reading, ...text }: TextLog): LogInput {
  const span = new LogSpan();
  const claims: LogInput['claims'] = { unclaimed: 0 };
  return {
    ...text,
    claims,
    batches: watched(text.batches, (batch) => span.see(batch)),
    info: () => ({
      schemaVersion: 1,
      source: text.name,
      container: { format: 'text' },
      ...(text.stated && { machine: { architecture: text.stated.architecture }, kernel: { release: text.stated.release, proven: true } }),
      log: { form: text.form, ...span.facts },
      ...(reading && { reading: withClaims(reading(), claims, text.headlines) }),
      warnings: [...text.losses],
    }),
  };
}

/** With what the events left over. */
function withClaims(reading: Reading, { unclaimed, overlooks }: LogInput['claims'], headlines: LogInput['headlines'] = []): Reading {
  const lost = overlooks ? headlines.map(({ text }) => decodeText(text)).filter((line) => !reading.unreadSamples.includes(line)) : [];
  return {
    ...reading,
    unread: reading.unread + lost.length,
    unreadSamples: [...reading.unreadSamples, ...lost],
    ...(unclaimed > 0 && { unclaimed }),
  };
}
