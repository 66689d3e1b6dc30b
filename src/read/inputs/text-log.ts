import type { LogInput } from './input.ts';
import { LogSpan } from './log-span.ts';
import { watched } from './watched.ts';

/** A log in text form as the log input that it is: with what `info` says of it. */
export function textLog(text: Omit<LogInput, 'info' | 'dump'>): LogInput {
  const span = new LogSpan();
  return {
    ...text,
    batches: watched(text.batches, (batch) => span.see(batch)),
    info: () => ({
      schemaVersion: 1,
      source: text.name,
      container: { format: 'text' },
      ...(text.stated && { machine: { architecture: text.stated.architecture }, kernel: { release: text.stated.release, proven: true } }),
      log: { form: text.form, ...span.facts },
      warnings: [...text.losses],
    }),
  };
}
