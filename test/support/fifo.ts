import { constants, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Opens a named pipe once somebody reads it: a writer that would not wait is refused before. */
export async function writerOf(fifo: string): Promise<number> {
  for (;;) {
    try {
      return openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await sleep(20);
    }
  }
}
