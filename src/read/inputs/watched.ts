import type { PrintkRecord } from '../../record/record.ts';

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
