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
  const claims = { unclaimed: 0 };
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
      ...(reading && { reading: { ...reading(), ...(claims.unclaimed > 0 && claims) } }),
      warnings: [...text.losses],
    }),
  };
}
