import { Command, CommanderError, Option } from 'commander';
import type { ConfigOptions } from './commands/config.ts';
import type { DiffOptions } from './commands/diff.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { EventsOptions } from './commands/events.ts';
import type { FleetOptions } from './commands/fleet.ts';
import type { FleetServerOptions } from './commands/fleet-server.ts';
import type { HookOptions } from './commands/hook.ts';
import type { IncidentsOptions } from './commands/incidents.ts';
import type { InfoOptions } from './commands/info.ts';
import type { InspectOptions } from './commands/inspect.ts';
import type { McpOptions } from './commands/mcp.ts';
import type { CommonOptions } from './commands/options.ts';
import type { ReportOptions } from './commands/report.ts';
import type { ShipOptions } from './commands/ship.ts';
import type { TrimOptions } from './commands/trim.ts';
import type { TuiOptions } from './commands/tui.ts';
import type { WorkerOptions } from './commands/worker.ts';
import { EXIT, UsageError } from './exit.ts';
import { helpAfter } from './help.ts';
import { maxTime } from './inputs/max-time.ts';
import { noMisspeltCommand } from './inputs/misspelt.ts';
import { didYouMean } from './nearest.ts';
import { merged, refuseForeign, saidBefore } from './said-before.ts';
import { VERSION } from './version.ts';
import { wrongWords } from './wrong-words.ts';

/** The command line but for `dmesg`, which starts without this. @returns the exit code @throws UsageError */
export async function program(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const root = explaining(bounded(new Command('lastkmsg')))
    .description('the last words of a kernel, understood: from a vmcore or a kernel log to what happened, without debuginfo')
    .argument('[FILE...]', 'dumps, logs, directories, -')
    .option('-J, --json', 'the same as incidents --json')
    .addHelpText('after', helpAfter('lastkmsg'))
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .exitOverride()
    .configureOutput({ writeErr: () => undefined }) // errors are told once, by exit.ts
    .action(async (files: string[], options: IncidentsOptions, command: Command) => {
      if (files.length === 0 && process.stdin.isTTY) command.help();
      noMisspeltCommand(
        files,
        root.commands.map((each) => each.name()),
      );
      code = options.json
        ? await (await import('./commands/incidents.ts')).incidents(files, { ...options, format: 'json' })
        : await (await import('./commands/summary.ts')).summary(files, options);
    });

  filtered(timed(bounded(root.command('events'))))
    .description('structured events: everything that kills or warns')
    .argument('[FILE...]', 'dumps, logs, directories, -')
    .option(
      '-f, --format <form>',
      'ndjson (one JSON object a line), json (one array) or text; otlp, ecs, journal, prometheus, junit or sarif; ndjson when piped',
    )
    .option('-J, --json', 'as --format json')
    .option('--raw', "add the report's records")
    .option('-w, --follow', 'keep reading as the log grows; each event as soon as its report is complete')
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/events.ts')).events(files, merged<EventsOptions>(command));
    });

  explaining(bounded(root.command('incidents')))
    .description('events correlated: what happened, why, and what to do next; of many inputs, what they have in common')
    .argument('[FILE...]', 'dumps, logs, directories, -')
    .option(
      '-f, --format <form>',
      'json (a report for each input), text (of several inputs the signatures they share), fleet-json (those as JSON), or a form of events; json when piped',
    )
    .option('-J, --json', 'as --format json')
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/incidents.ts')).incidents(files, merged<IncidentsOptions>(command));
    });

  filtered(timed(bounded(root.command('report'))))
    .description('one self-contained file for a ticket: verdict, timeline, events, log')
    .argument('[FILE...]', 'dumps, logs, directories, -')
    .option('-o, --output <file>', 'where to write it; standard output when absent')
    .option('-f, --force', 'write over a file that is there')
    .option('--format <form>', 'html, markdown or text; by default what the name of the output says, else html')
    .addOption(redact('lists what it replaced'))
    .addOption(redactWord())
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/report.ts')).report(files, merged<ReportOptions>(command));
    });

  watching(root.command('tui'))
    .description('the dashboard: incidents along time, their events, the log; ? shows the keys')
    .argument('[FILE...]', 'dumps, logs, directories, -; with - keys come from the terminal')
    .option('-w, --follow', 'keep reading as the log grows')
    .option('--screen-reader', 'no boxes and no redrawing: numbered prompts')
    .option('--store <path>', "a fleet's store instead of FILEs")
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/tui.ts')).tui(files, merged<TuiOptions>(command));
    });

  bounded(root.command('info'))
    .description('what a dump is: container, architecture, kernel, records, what was lost; of a text its form and its records')
    .argument('[FILE...]', 'dumps, logs, directories, -')
    .option('-J, --json', 'as JSON; an array where there are several FILEs')
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/info.ts')).info(files, merged<InfoOptions>(command));
    });

  bounded(root.command('inspect'))
    .description('what a dump holds beyond its log, without debuginfo: tasks, memory, modules, interrupts, who waits for whom')
    .argument('[FILE]', 'a dump')
    .argument('[WHAT...]', 'a part, named as in crash: sys, ps -m, kmem -s…; the overview when absent')
    .option('-f, --format <form>', 'text or json')
    .option('-J, --json', 'as --format json')
    .allowUnknownOption()
    .action(async (file: string | undefined, what: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/inspect.ts')).inspect(file, what, merged<InspectOptions>(command));
    });

  watching(root.command('crash'))
    .description('the prompt of crash(8), without debuginfo: sys, ps, bt, kmem, files, dis, struct and more, in its layout')
    .argument('[FILE]', 'a dump')
    .argument('[COMMAND...]', "one or more commands, quoted: 'ps -m | head'; without them a prompt, or lines of standard input")
    .action(async (file: string | undefined, commands: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/crash.ts')).crash(file, commands, merged<CommonOptions>(command));
    });

  watching(root.command('trim'))
    .description('a small dump that holds only the pages the log needs: a few hundred kB, which makedumpfile and crash open too')
    .argument('[FILE...]', 'a dump in any container, or all members of a split set')
    .option('-o, --output <file>', 'where to write it (- is standard output)')
    .option('--inspect', 'keep what inspect needs too: symbols, types, tasks and their stacks, a few MB')
    .option('-f, --force', 'write over a file that is there')
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/trim.ts')).trim(files, merged<TrimOptions>(command));
    });

  bounded(root.command('diff'))
    .description('events that are new in B, and gone from A, by signature: before and after an upgrade, one machine and another')
    .argument('<A>', 'a dump, a log or a directory')
    .argument('<B>', 'another')
    .option('-J, --json', 'as JSON')
    .action(async (a: string, b: string, _options: unknown, command: Command) => {
      code = await (await import('./commands/diff.ts')).diff(a, b, merged<DiffOptions>(command));
    });

  served(timed(bounded(root.command('fleet'))))
    .description('many machines over time: reads into a store (Parquet, DuckDB), and answers: what is frequent, new, unusual')
    .argument(
      '[WHAT...]',
      'what to read into the store, or a question: top, new, by, about, trend, sql, save, run, queries; prune; setup or ingest with a server',
    )
    .option('--store <path>', 'the directory of the store; made where there is none')
    .option('-f, --format <form>', 'text, json, ndjson or html (one page)')
    .option('-J, --json', 'as --format json')
    .option('--since <time>', 'crashes from then on: a date; with new, what is seen since then alone')
    .option('--until <time>', 'crashes before then')
    .option('--release <release>', 'with new: what is seen on this kernel and on no earlier one')
    .option('--signature <signature>', 'with by: the share of each that shows this one')
    .option('--by <period>', 'with trend: day, week or month')
    .option('--before <date>', 'with prune: days before it, by when inputs were read, are taken out of the store')
    .option('--rows <n>', 'at most so many rows')
    .option('--timeout <seconds>', 'how long a question may take; 60 when absent')
    .option('--no-pager', 'print at once what is longer than the terminal, without $PAGER')
    .option('--until-empty', 'with ingest: end when no answer waits')
    .option('--replicas <number>', 'with setup: copies in a cluster; 1 when absent')
    .option('--ack-wait <seconds>', 'with setup: after how long the work of a worker that died is given to another; 30 when absent')
    .option('--keep <days>', 'with setup: how long inputs and dead letters are kept; 7 when absent')
    .option('--max-bytes <size>', 'with setup: inputs that are kept, 10G when absent; more are refused, and wait in spools')
    .action(async (words: string[], _options: unknown, command: Command) => {
      const [what] = words;
      if (what === 'setup' || what === 'ingest') {
        code = await (await import('./commands/fleet-server.ts')).fleetServer(what, merged<FleetServerOptions>(command));
        return;
      }
      code = await (await import('./commands/fleet.ts')).fleet(words, merged<FleetOptions>(command));
    });

  common(root.command('doctor'))
    .description('will this machine catch its next crash? What to type where it will not; changes nothing')
    .option('-J, --json', 'as JSON')
    .option('--root <dir>', 'an image of a machine, mounted there, instead of this one')
    .action(async (_options: unknown, command: Command) => {
      code = (await import('./commands/doctor.ts')).doctor(merged<DoctorOptions>(command));
    });

  common(root.command('hook'))
    .description('explains crashes as soon as they are saved: writes report, JSON and a trimmed dump beside each')
    .argument('<WHAT>', 'install, remove, status, or run: read what is not read yet')
    .argument('[DIR...]', 'with run: where to look, instead of where this machine saves its dumps')
    .option('-J, --json', 'with status: as JSON')
    .option('--root <dir>', 'an image of a machine, mounted there, instead of this one')
    .option('--timeout <seconds>', 'with run: how long reading one crash may take; 600 when absent')
    .option('--command <command>', 'with run: what sh runs after each crash, with LASTKMSG_FILE, LASTKMSG_ANSWERS and LASTKMSG_VERDICT set')
    .action(async (what: string, directories: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/hook.ts')).hook(what, directories, merged<HookOptions>(command));
    });

  served(reading(root.command('ship')))
    .description('sends crashes to a fleet: trims dumps, takes logs; keeps them while the server is away')
    .argument('[FILE...]', 'dumps, logs, directories, archives, -')
    .addOption(redact('of a dump only its log is sent'))
    .addOption(redactWord())
    .option('--inspect', 'of a dump, keep what inspect needs too: a few MB')
    .option('--spool <dir>', 'where what cannot be sent waits; /var/spool/lastkmsg for root')
    .option('--max-spool <size>', 'what may wait there, 1G when absent; what waits longest is given up for more, and told')
    .option('--resume', 'send what waits in the spool, without a FILE too')
    .action(async (files: string[], _options: unknown, command: Command) => {
      code = await (await import('./commands/ship.ts')).ship(files, merged<ShipOptions>(command));
    });

  served(common(root.command('worker')))
    .description('reads what was shipped and answers it, until SIGTERM; any number of them, anywhere')
    .option('--readers <number>', 'inputs to read at once, each in a process of its own; one for each CPU when absent')
    .option('--timeout <seconds>', 'CPU time that reading one may take; 600 when absent')
    .option('--memory <MB>', 'how much memory reading one may take; 2048 when absent')
    .addOption(new Option('--reader', 'read for a worker').hideHelp())
    .action(async (_options: unknown, command: Command) => {
      code = await (await import('./commands/worker.ts')).worker(merged<WorkerOptions>(command));
    });

  common(root.command('mcp'))
    .description('a Model Context Protocol server on standard input and output: incidents, events, log and memory for assistants')
    .option('--root <dir...>', 'directories that may be read from, and nothing else; the present one when absent')
    .action(async (_options: unknown, command: Command) => {
      code = await (await import('./commands/mcp.ts')).mcp(merged<McpOptions>(command));
    });

  common(root.command('config'))
    .description('the settings in force, and why: option, variable, file or default')
    .option('-J, --json', 'as JSON')
    .option('--utc', 'as it would be with this option')
    .action(async (_options: unknown, command: Command) => {
      const given = new Set(
        [root, command].flatMap((each) => Object.keys(each.opts()).filter((name) => each.getOptionValueSource(name) === 'cli')),
      );
      code = (await import('./commands/config.ts')).config(merged<ConfigOptions>(command), given);
    });

  root
    .command('completion')
    .description('completion of a shell, to be sourced; or the manual page, for man -l -')
    .argument('<SHELL>', 'bash, zsh, fish or man')
    .argument('[WORDS...]', 'what the script itself asks: completion words -- WORDS')
    .helpOption('-h, --help', 'print this help')
    .action(async (shell: string, words: string[]) => {
      code = await (await import('./commands/completion.ts')).completion(root, shell, words);
    });

  root
    .command('schema')
    .description('the JSON Schema of events, incidents and fleets')
    .action(async () => {
      code = await (await import('./commands/schema.ts')).schema();
    });

  // listed here; binaries.ts starts it without this, unless options stand before its name
  const dmesg = async (args: readonly string[]): Promise<void> => {
    code = await (await import('./commands/dmesg.ts')).dmesg(args);
  };
  root
    .command('dmesg')
    .description('the kernel log itself, in the format of vmcore-dmesg, dmesg, makedumpfile or crash')
    .argument('[ARGS...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((args: string[]) => dmesg([...saidBefore(root), ...args]));

  root
    .helpCommand(false) // it would print commander's own idea of dmesg
    .command('help [command]')
    .description('what a command does, and its options')
    .action(async (name: string | undefined) => {
      const command = name === undefined ? root : root.commands.find((c) => c.name() === name);
      if (command === undefined)
        throw new UsageError(
          `there is no command ${name}${didYouMean(
            `${name}`,
            root.commands.map((each) => each.name()),
          )}`,
        );
      if (name === 'dmesg') await dmesg(['--help']);
      else command.help();
    });

  root.hook('preAction', async (_, command) => {
    refuseForeign(root, command);
    (await import('./settings/apply.ts')).applySettings(root, command);
  });
  for (const command of root.commands) command.addHelpText('after', helpAfter(command.name()));

  try {
    await root.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok; // help and version were printed
    throw wrongWords(error);
  }
  return code;
}

/** Options of every command of ours. */
function common(command: Command): Command {
  return command
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('-q, --quiet', 'no warnings')
    .option('-v, --verbose', 'say what is being done')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help');
}

/** Of those that open FILEs. */
function reading(command: Command): Command {
  return common(command).option('--input <format>', 'what the FILEs are, instead of finding out');
}

/** Of those that look for events in them. */
function watching(command: Command): Command {
  return reading(command).option(
    '--fail-on <kinds>',
    'exit with 10 when one of these kinds or families (oops, oom, hung…) is found; crash for any crash',
  );
}

/** The same, and how long reading may take. */
function bounded(command: Command): Command {
  const option = new Option('--max-time <seconds>', 'stop reading after so long; what was read until then is shown, with exit code 3');
  return watching(command).addOption(option.argParser(maxTime));
}

const redact = (what: string): Option =>
  new Option('--redact', `placeholders for hosts, addresses, serials, users, command lines, credentials; ${what}`);

const redactWord = (): Option =>
  new Option('--redact-word <word>', 'replace this word too, wherever it stands; again for more').argParser(
    (word: string, words: string[] = []) => [...words, word],
  );

/** Options of the commands that talk to a server. */
function served(command: Command): Command {
  return command
    .option('--nats <url>', 'the server: nats://HOST:4222, tls://HOST:4222; several separated by commas')
    .option('--creds <file>', 'credentials of a user')
    .option('--nkey <file>', "the seed of a user's nkey")
    .option('--tls-ca <file>', 'the authority that signed the server')
    .option('--tls-cert <file>', 'our certificate')
    .option('--tls-key <file>', 'its key');
}

/** Options of the commands that show times of the day. */
function timed(command: Command): Command {
  return command.option('--utc', 'times of the day in UTC, not in the local zone').option('--relative', 'times of the day relative to now');
}

/** Options of the commands that may be asked for some events alone. */
function filtered(command: Command): Command {
  return command
    .option(
      '-k, --kind <list>',
      'only these kinds or families (oops, panic, hung, oom, corrupt, lock, warn, hw), separated by commas; crash for all crashes',
    )
    .option('-s, --severity <list>', 'only these severities: fatal,error,warning,info; error+ for that and worse')
    .option('--since <time>', 'from then on: seconds since boot, a date, or a distance from now (-1h)')
    .option('--until <time>', 'before then');
}

/** Options of the commands that explain incidents. */
function explaining(command: Command): Command {
  return filtered(timed(command))
    .option('--crash-script <file>', 'write the next steps as a file for crash -i')
    .option('--vmlinux <file>', 'check that this vmlinux is the right one, and name the source lines of frames')
    .option('-a, --all', 'everything, not just a page; of a directory each input')
    .option('--no-pager', 'print at once what is longer than the terminal, without $PAGER');
}
