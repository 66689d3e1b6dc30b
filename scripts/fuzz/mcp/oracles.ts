import { PassThrough } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { Readings } from '../../../src/cli/mcp/reading.ts';
import { Roots } from '../../../src/cli/mcp/roots.ts';
import { mcpServer } from '../../../src/cli/mcp/server.ts';
import { CONTROL } from '../oracles.ts';
import type { Random } from '../random.ts';
import type { Message } from './messages.ts';
import { SECRET } from './root.ts';

/** Characters of one answer: what answers.ts allows for its text twice, as JSON in JSON escapes each quote. */
const MOST = 600_000;

/** Milliseconds after which an answer that has not come is missing: those before it read a dump each. */
const PATIENCE_MS = 120_000;

/** What only our own faults say. */
const BUG = /a bug in lastkmsg|Cannot read propert|is not a function|is not iterable|Maximum call stack|Invalid array length/;

interface Answer {
  readonly jsonrpc?: unknown;
  readonly id?: unknown;
  readonly result?: { readonly content?: readonly { readonly text?: string }[]; readonly contents?: readonly { readonly text?: string }[] };
  readonly error?: { readonly message?: string };
}

export interface Conversation {
  /** The directory that may be read. */
  readonly dir: string;
  readonly messages: readonly Message[];
  readonly readings: Readings;
}

/** Says everything to a server at once and waits for its answers: each request has one, whatever stands around it. */
export async function converse({ dir, messages, readings }: Conversation, random: Random): Promise<string | undefined> {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const server = mcpServer({ roots: new Roots([dir]), readings });
  await server.connect(new StdioServerTransport(stdin, stdout));
  const due = new Set(messages.flatMap(({ id }) => id ?? []));
  due.add('last');
  const wrong = answersOf(stdout, due);
  const bytes = Buffer.from(
    `${messages.map(({ text }) => text).join('\n')}\n${JSON.stringify({ jsonrpc: '2.0', id: 'last', method: 'ping' })}\n`,
  );
  const size = random.below(2) === 0 ? bytes.length : 1 + random.below(4000);
  for (let at = 0; at < bytes.length; at += size) stdin.write(bytes.subarray(at, at + size));
  const found = await wrong;
  await server.close();
  return found;
}

/** Resolves when all answers are there, or one is wrong. */
function answersOf(stdout: PassThrough, due: Set<string>): Promise<string | undefined> {
  const asked = new Set(due);
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(`no answer to ${[...due].join(', ')}`), PATIENCE_MS);
    const end = (wrong: string | undefined): void => {
      clearTimeout(late);
      resolve(wrong);
    };
    let rest = '';
    stdout.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const wrong = wrongWith(line, asked, due);
        if (wrong !== undefined) end(wrong);
      }
      if (due.size === 0) end(undefined);
    });
  });
}

function wrongWith(line: string, asked: ReadonlySet<string>, due: Set<string>): string | undefined {
  const { jsonrpc, id, result, error } = JSON.parse(line) as Answer;
  if (jsonrpc !== '2.0' || (result === undefined) === (error === undefined))
    return `no answer as the protocol has it: ${line.slice(0, 300)}`;
  if (typeof id === 'string' && asked.has(id) && !due.delete(id)) return `${id} is answered twice`;
  if (line.length > MOST) return `the answer to ${String(id)} has ${line.length} characters`;
  const texts = [...(result?.content ?? []), ...(result?.contents ?? [])].map(({ text = '' }) => text);
  const said = [...texts, error?.message ?? ''].join('\n');
  if (said.includes(SECRET)) return `the answer to ${String(id)} tells what lies outside`;
  if (BUG.test(said)) return `the answer to ${String(id)}: ${said.slice(0, 300)}`;
  const [control] = CONTROL.exec(texts.join('\n')) ?? [];
  return control === undefined ? undefined : `the answer to ${String(id)} holds ${JSON.stringify(control)}: ${said.slice(0, 200)}`;
}
