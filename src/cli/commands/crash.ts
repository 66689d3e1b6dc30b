import { InputError } from '../../dump/source.ts';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import { wrap } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { type DumpLog, lossesOf } from '../../read/inputs/dump-log.ts';
import { runCommands, runScript } from '../crash/script.ts';
import { CrashSession } from '../crash/session.ts';
import { shell } from '../crash/shell.ts';
import { EXIT, UsageError } from '../exit.ts';
import { failOn, watchDump } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';
import { VERSION } from '../version.ts';
import type { CommonOptions } from './options.ts';

/** `lastkmsg crash FILE [COMMAND…]`: crash's commands without debug symbols. @returns the exit code */
export async function crash(file: string | undefined, commands: readonly string[], options: CommonOptions): Promise<number> {
  if (file === undefined) throw new UsageError('crash takes a dump');
  const fail = await failOn(options.failOn);
  let wrong = 0;
  const code = await eachOpened([file], options, async (opened) => {
    if (opened.kind === 'text')
      throw new InputError({
        file,
        sought: 'a dump',
        found: `a log in text form (${opened.input.form})`,
        hint: 'a log has no memory to look at',
      });
    watchDump(fail, opened.dump);
    const session = sessionOf(opened.dump);
    if (commands.length > 0) wrong = await runCommands(session, commands);
    else if (process.stdin.isTTY && process.stdout.isTTY) {
      process.stdout.write(await greeting(session));
      await shell(session);
    } else wrong = await runScript(session, process.stdin);
    return lossesOf(opened.dump);
  });
  if (fail.found) return EXIT.failOn;
  return wrong > 0 && code === EXIT.ok ? EXIT.usage : code;
}

/** @throws InputError where the dump has no symbols of its own */
function sessionOf(dump: DumpLog): CrashSession {
  const { kernel } = dump;
  const found = openInspectable(kernel);
  if (found.tier === 'none') {
    const hint = 'lastkmsg dmesg, events and incidents need none';
    throw new InputError({ file: dump.name, sought: 'the kernel’s symbols', found: `none: ${found.reason}`, hint });
  }
  const { memory, symbols } = found;
  if (found.tier === 'text-symbols') return new CrashSession(dump, { machine: kernel.machine, memory, symbols, kernel }, found.reason);
  const lines = (): string[] => [...dump.log.records(false)].flatMap(({ text }) => text.split('\n'));
  return new CrashSession(dump, found.context, new Inspection(found.context, lines));
}

async function greeting(session: CrashSession): Promise<string> {
  const { runCommandWords } = await import('../crash/run-line.ts');
  const facts = session.lacksTypes === undefined ? await runCommandWords(session, ['sys']) : factsWithoutTypes(session, session.lacksTypes);
  return `\nlastkmsg ${VERSION}, without debug symbols; help lists the commands, q ends\n\n${facts}\n`;
}

function factsWithoutTypes({ dump, kernel: { kernel } }: CrashSession, reason: string): string {
  const lines = [
    `      KERNEL: ${printable(kernel.info.release ?? 'unknown')} (its own text symbols, out of the dump)`,
    `    DUMPFILE: ${printable(dump.name)}`,
    `     MACHINE: ${printable(kernel.utsname?.machine ?? kernel.machine)}`,
    ...wrap(`tasks and structures cannot be read (${printable(reason)}): bt, sym, dis, rd and log can`, 78),
  ];
  return `${lines.join('\n')}\n`;
}
