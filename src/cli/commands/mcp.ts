import { EXIT, inputProblem, UsageError } from '../exit.ts';
import { Roots } from '../mcp/roots.ts';

export interface McpOptions {
  /** Directories that may be read from; the present one when absent. */
  readonly root?: readonly string[] | undefined;
}

/** `lastkmsg mcp`: a server for assistants, on standard input and output. @returns the exit code */
export async function mcp({ root = ['.'] }: McpOptions): Promise<number> {
  const roots = rootsOf(root);
  await (await import('../mcp/server.ts')).serve(roots);
  return EXIT.ok;
}

function rootsOf(names: readonly string[]): Roots {
  try {
    return new Roots(names);
  } catch (error) {
    throw new UsageError(`--root takes directories; ${inputProblem(error) ?? (error as Error).message}`);
  }
}
