import type { PrintkRecord } from '../../record/record.ts';
import type { Understood } from '../pieces/piece.ts';
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
  async function* seen(parts: AsyncIterable<Understood>): AsyncGenerator<Understood> {
    for await (const part of parts) {
      see(part.span.records);
      yield part;
    }
  }
  const { understood } = batches;
  const pieces: Batches['understood'] = async (options) => {
    const parts = await understood?.(options);
    return parts && seen(parts);
  };
  return Object.assign(
    watched(batches, ({ length }) => see(length)),
    { understood: pieces },
  );
}
