import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';
import { type Key, KeyParser } from '../keys/parse.ts';

/** An escape that nothing follows within so many milliseconds is the key of that name: terminals send a sequence at once. */
const ESCAPE_MS = 30;

/** Listens to a terminal's keys. @returns how to stop */
export function listen(input: ReadStream, pressed: (key: Key) => void): () => void {
  const parser = new KeyParser();
  const decoder = new StringDecoder('utf8');
  let timer: NodeJS.Timeout | undefined;
  const take = (keys: readonly Key[]): void => {
    for (const key of keys) pressed(key);
  };
  const heard = (bytes: Buffer): void => {
    clearTimeout(timer);
    take(parser.push(decoder.write(bytes)));
    if (parser.pending) timer = setTimeout(() => take(parser.flush()), ESCAPE_MS);
  };
  input.on('data', heard);
  input.resume();
  return () => {
    clearTimeout(timer);
    input.off('data', heard);
    input.pause();
  };
}
