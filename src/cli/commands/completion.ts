import type { Command } from 'commander';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import { open } from '../../read/inputs/open.ts';
import { type Asked, candidates } from '../completion/candidates.ts';
import { SHELLS } from '../completion/shells.ts';
import { EXIT, UsageError } from '../exit.ts';
import type { Row } from '../inspect/part.ts';

/** `lastkmsg completion SHELL`: its script, to be sourced. `completion words -- WORDS…` is what that script asks. @throws UsageError */
export async function completion(root: Command, shell: string, words: readonly string[]): Promise<number> {
  if (shell === 'words') return answer(root, words);
  if (shell === 'man') {
    const [{ manPage }, { DMESG_HELP }] = await Promise.all([import('../completion/man.ts'), import('./dmesg-options.ts')]);
    process.stdout.write(manPage(root, DMESG_HELP));
    return EXIT.ok;
  }
  if (!Object.hasOwn(SHELLS, shell)) throw new UsageError(`completion takes ${Object.keys(SHELLS).join(', ')} or man; not ${shell}`);
  process.stdout.write(SHELLS[shell as keyof typeof SHELLS]);
  return EXIT.ok;
}

/** Whatever goes wrong while somebody types is not told: there is nothing to complete. */
async function answer(root: Command, words: readonly string[]): Promise<number> {
  try {
    const { words: found, also } = await candidates(root, words, ASK, { dmesg: await dmesgOptions() });
    const lines = found.map(([word, what]) => `${word}\t${what.replace(/\s+/g, ' ')}`);
    process.stdout.write(`${[...lines, ...(also === undefined ? [] : [`:${also}`])].join('\n')}\n`);
  } catch {
    // a dump that cannot be read has no tasks to offer
  }
  return EXIT.ok;
}

async function dmesgOptions(): Promise<readonly string[]> {
  const { OPTIONS } = await import('./dmesg-options.ts');
  return Object.keys(OPTIONS).map((name) => `--${name}`);
}

const ASK: Asked = {
  async parts() {
    return (await import('../inspect/parts.ts')).PARTS.map(({ name }) => name);
  },
  async pids(file) {
    const [group] = await groupFiles([file]);
    if (group === undefined) return [];
    const opened = await open(group);
    try {
      if (opened.kind !== 'dump') return [];
      const inspectable = openInspectable(opened.dump.kernel);
      if (inspectable.tier !== 'full') return [];
      const { PARTS } = await import('../inspect/parts.ts');
      const rows = PARTS.find(({ name }) => name === 'ps')?.answer(new Inspection(inspectable.context, () => []), []).rows ?? [];
      return (rows as readonly Row[]).flatMap(({ pid, comm }) =>
        typeof pid === 'number' && pid > 0 ? [[`${pid}`, String(comm ?? '')] as const] : [],
      );
    } finally {
      await opened.close();
    }
  },
};
