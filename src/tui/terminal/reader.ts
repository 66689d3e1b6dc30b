import { createInterface } from 'node:readline/promises';
import { Source } from '../data/source.ts';
import { answer, first, opening } from '../reader/answer.ts';
import type { DashboardInput } from './dashboard.ts';
import type { Terminal } from './tty.ts';

/** The dashboard for screen readers: it is read, one asks by number, it answers; nothing on the screen moves. @returns the inputs */
export async function runReader(inputs: readonly DashboardInput[], { input, output }: Terminal): Promise<readonly Source[]> {
  const sources: Source[] = [];
  const lines = createInterface({ input, output });
  try {
    for (const each of inputs) {
      const source = new Source(each.name);
      sources.push(source);
      await each.read((message) => source.take(message));
      output.write(opening(source));
      if ((await ask(source, lines, output)) === 'quit') break;
    }
    return sources;
  } finally {
    lines.close();
    if (input !== process.stdin) input.destroy();
  }
}

async function ask(source: Source, lines: ReturnType<typeof createInterface>, output: NodeJS.WritableStream): Promise<'quit' | 'next'> {
  let state = first;
  const closed = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  for (;;) {
    const line = await Promise.race([lines.question('event, e, i, l, s, m, h or q: '), closed]);
    if (line === undefined) return 'quit'; // Ctrl-d
    const said = answer(source, state, line);
    if (said === undefined) return 'next';
    output.write(said[0]);
    state = said[1];
  }
}
