import { Box, render, Text } from 'ink';
import { memo, type ReactElement, useSyncExternalStore } from 'react';
import { type Glass, RowNames, Sheet } from './sheet.ts';

/** Painted rows of one frame, and how one hears of the next. */
export interface Frames {
  readonly current: () => readonly string[];
  readonly subscribe: (changed: () => void) => () => void;
}

/** One row, placed anew only when it has changed. */
const Row = memo(function Row({ name }: { readonly name: string }): ReactElement {
  return <Text>{name}</Text>;
});

/** The rows of a frame, one under the other. Everything they show was decided before: this only draws. */
function Frame({ frames, names }: { readonly frames: Frames; readonly names: RowNames }): ReactElement {
  const rows = useSyncExternalStore(frames.subscribe, frames.current);
  return (
    <Box flexDirection="column">
      {rows.map((row, i) => (
        <Row key={`row ${i + 1}`} name={names.of(row)} />
      ))}
    </Box>
  );
}

/**
 * Draws frames on a glass, which sees each one whole: ink's `debug` writes frames as they are, unthrottled and wherever it believes to run.
 * @returns how to stop
 */
export function mount(frames: Frames, glass: Glass, keys: NodeJS.ReadStream): () => void {
  const names = new RowNames();
  const { unmount, cleanup } = render(<Frame frames={frames} names={names} />, {
    // ink asks a stream for its columns and rows, and writes to it
    stdout: new Sheet(names, glass) as unknown as NodeJS.WriteStream,
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
