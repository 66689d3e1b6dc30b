import type { Writable } from 'node:stream';
import { Box, render, Text } from 'ink';
import { memo, type ReactElement, useSyncExternalStore } from 'react';

/** Painted rows of one frame, and how one hears of the next. */
export interface Frames {
  readonly current: () => readonly string[];
  readonly subscribe: (changed: () => void) => () => void;
}

/** One row, drawn anew only when it has changed. A blank keeps the height of an empty one. */
const Row = memo(function Row({ text }: { readonly text: string }): ReactElement {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

/** The rows of a frame, one under the other. Everything they show was decided before: this only draws. */
function Frame({ frames }: { readonly frames: Frames }): ReactElement {
  const rows = useSyncExternalStore(frames.subscribe, frames.current);
  return (
    <Box flexDirection="column">
      {rows.map((text, i) => (
        <Row key={`row ${i + 1}`} text={text} />
      ))}
    </Box>
  );
}

/**
 * Draws frames on a canvas, which sees each one whole: ink's `debug` writes frames as they are, unthrottled and wherever it believes to run.
 * @returns how to stop
 */
export function mount(frames: Frames, canvas: Writable & { readonly columns: number }, keys: NodeJS.ReadStream): () => void {
  const { unmount, cleanup } = render(<Frame frames={frames} />, {
    // ink asks a stream for its columns and rows, and writes to it
    stdout: canvas as unknown as NodeJS.WriteStream,
    stdin: keys,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return () => {
    unmount();
    cleanup();
  };
}
