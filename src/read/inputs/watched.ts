import type { PrintkRecord } from '../../record/record.ts';
import type { Batches } from './input.ts';

/** The same batches; each is shown to `see` before whoever draws it has it. */
export async function* watched(
  batches: AsyncIterable<readonly PrintkRecord[]>,
  see: (batch: readonly PrintkRecord[]) => void,
): AsyncGenerator<readonly PrintkRecord[]> {
  for await (const batch of batches) {
    see(batch);
    yield batch;
  }
}

/** The same batches; `see` is told how many records are in each. */
export function counted(batches: Batches, see: (records: number) => void): Batches {
  const { understood } = batches;
  return Object.assign(
    watched(batches, ({ length }) => see(length)),
    {
      understood:
        understood &&
        async function* (options: Parameters<typeof understood>[0]) {
          for await (const batch of understood(options)) {
            see(batch.span.records);
            yield batch;
          }
        },
    },
  );
}
