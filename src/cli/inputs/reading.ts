import { countText } from '../../event/oom/size-text.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { watched } from '../../read/inputs/watched.ts';
import { ProgressLine } from '../fleet/progress.ts';

/** Reads an input to its end, and says on a terminal how far it is. */
export async function reading<T>(
  input: LogInput,
  { quiet }: { readonly quiet?: boolean | undefined },
  read: (input: LogInput) => Promise<T>,
): Promise<T> {
  const line = new ProgressLine(quiet);
  let records = 0;
  const batches = watched(input.batches, (batch) => {
    records += batch.length;
    line.draw(`${countText(records)} records read`);
  });
  try {
    return await read({ ...input, batches });
  } finally {
    line.clear();
  }
}
