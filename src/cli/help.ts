/** What `--help` says behind a command's options: at most 80 columns, examples and exit codes for each. */

const EXIT_CODES = `
Exit codes:
  0 read whole, 1 usage, 2 no input could be read, 3 read with loss (what was
  recovered was printed), 10 found what --fail-on names, 70 a bug in lastkmsg`;

/** Of commands that read no input. */
const EXIT_CODES_ALONE = `
Exit codes:
  0 done, 1 usage, 70 a bug in lastkmsg`;

const FILES = `
FILE is a vmcore in any container, or a kernel log in any text form; - is
standard input. Directories are read too, and archives (tar, zip, 7z, sos,
supportconfig), whose dumps and logs are called archive!member. What FILE is, is
found out by looking.`;

/** test/cli/inspect/parts.test.ts holds it to the parts that there are, which are loaded with `inspect` alone. */
const INSPECT_PARTS = `
WHAT is one of:
  overview (the default), sys, ps [-m] [PID|COMM|TASK…] [--state ST],
  bt [PID…] [-a] [--group], foreach [STATE] bt, stuck, mod, kmem -i|-s|-z,
  irq [-s], dev -d, mount [PID], files PID, vm PID, swap, net, timer, wq [-a],
  runq, cgroups, sym NAME|ADDR, dis NAME|ADDR,
  struct TYPE[.FIELD] [ADDR|SYMBOL], rd ADDR|SYMBOL [WORDS], vtop ADDR [PID]`;

const FLEET = `
WHAT is dumps, logs and directories to read into the store, which knows each by
its bytes and reads it once, or a question:
  top                              the most frequent signatures (the default)
  new --since DATE                 those not seen before
  new --release RELEASE            those on no earlier kernel
  by host|module|model|firmware|release|arch [--signature SIGNATURE]
  about SIGNATURE                  what is unusual about where it is seen
  trend [SIGNATURE]                by day, week or month
  sql 'SELECT …'                   over inputs, incidents, events, modules
  save NAME 'SELECT …', run NAME, queries
or, of the store itself:
  prune --before DATE              takes out what was read before
SIGNATURE is the beginning of a hash, or a part of a title. A directory whose
name is a question's is typed ./top. --fail-on looks at what is newly read, or
at the signatures that are shown.`;

interface Help {
  readonly before?: string;
  /** Command lines without their `lastkmsg`, and what each is for; a pipe stands whole. */
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly exits?: string;
}

const HELP: ReadonlyMap<string, Help> = new Map(
  Object.entries({
    lastkmsg: {
      before: FILES,
      examples: [
        ['vmcore', 'what happened, why, what to do next'],
        ['/var/crash', 'many crashes: what they share'],
        ['tui vmcore', 'the dashboard'],
        ['dmesg vmcore', 'the log, as vmcore-dmesg prints it'],
        ['inspect vmcore', 'tasks, stacks, memory: beyond its log'],
        ['report vmcore -o crash.html', 'one file for a ticket'],
        ['sosreport.tar.xz', 'each dump and log in a support case'],
        ['--fail-on crash console.log', 'exit code 10: it crashed'],
        ['journalctl -k -b -1 | lastkmsg -', 'the boot before this one'],
      ],
    },
    events: {
      examples: [
        ['events vmcore | jq -r .title', 'one JSON object a line'],
        ['events --format text console.log', 'every event in full'],
        ['events -k oom --since yesterday kern.log', 'out of memory, since midnight'],
        ['ssh host journalctl -kf | lastkmsg events -w -', 'each event as it happens'],
        ['events -f otlp vmcore | curl --json @- http://HOST:4318/v1/logs', 'to an OpenTelemetry collector'],
        ['events -f prometheus /var/crash > lastkmsg.prom', "for node_exporter's textfile collector"],
        ['events -f junit --fail-on crash console.log > kernel.xml', 'for CI; or sarif'],
      ],
    },
    incidents: {
      examples: [
        ['incidents vmcore | jq .incidents[].verdict', 'edges, evidence, next steps as JSON'],
        ['incidents -f text /var/crash', 'which signatures, how often, since when'],
        ['incidents --vmlinux vmlinux vmcore', 'with the source lines of frames'],
      ],
    },
    report: {
      examples: [
        ['report vmcore -o crash.html', 'for a ticket or a mail'],
        ['report vmcore -o crash.md', 'fits an issue on GitHub'],
        ['report --redact vmcore -o crash.html', 'without hosts, addresses, users'],
        ['report /var/crash -o fleet.html', 'many crashes on one page'],
      ],
    },
    tui: {
      examples: [
        ['tui vmcore', 'one crash'],
        ['tui /var/crash', 'many'],
        ['dmesg -w | lastkmsg tui -', 'a log that grows'],
      ],
    },
    info: {
      examples: [
        ['info vmcore', 'container, dump level, kernel, records, losses'],
        ['info --json vmcore | jq .kernel', 'as JSON'],
      ],
    },
    inspect: {
      before: INSPECT_PARTS,
      examples: [
        ['inspect vmcore', 'what died, who is stuck, where the memory is'],
        ['inspect vmcore bt -a', 'what every CPU did'],
        ['inspect vmcore ps --state UN', 'tasks in uninterruptible sleep'],
        ['inspect vmcore kmem -s -J', 'slab caches as JSON'],
      ],
    },
    crash: {
      examples: [
        ['crash vmcore', 'the prompt'],
        ["crash vmcore 'ps -m | head'", 'one command'],
        ['crash vmcore < steps', 'lines of a file'],
      ],
      exits: `
Exit codes:
  0 read whole, 1 usage, or a command that was wrong, 2 no input could be read,
  3 read with loss, 10 found what --fail-on names, 70 a bug in lastkmsg`,
    },
    trim: {
      examples: [
        ['trim vmcore -o small.vmcore', 'the log alone, a few hundred kB'],
        ['trim --inspect vmcore -o small.vmcore', 'what inspect and crash need, too'],
      ],
    },
    fleet: {
      before: FLEET,
      examples: [
        ['fleet /var/crash --store crashes', 'read what is new there, and show the most frequent'],
        ['fleet top --store crashes --since -7d', 'of the last week'],
        ['fleet new --store crashes --release 6.1.0-28-amd64', 'what an upgrade brought'],
        ['fleet new --store crashes --since -1d --fail-on crash', 'exit code 10: a new crash'],
        ['fleet about dfaf579d --store crashes', 'which kernels, machines, modules stand out'],
        ['fleet by host --store crashes --format html > hosts.html', 'one page'],
        ["fleet sql 'SELECT * FROM incidents' --store crashes -f ndjson", 'for jq'],
        ['fleet setup --nats tls://fleet:4222 --nkey setup.nk', 'the queues on a server, once'],
        ['fleet ingest --store crashes --nats tls://fleet:4222', 'answers of workers into the store'],
      ],
    },
    doctor: {
      examples: [
        ['doctor', 'this machine'],
        ['doctor --root /mnt/image --json', 'an image, as JSON'],
      ],
      exits: `
Exit codes:
  0 ready, 1 usage, 3 not all could be found out, 10 not ready, 70 a bug in
  lastkmsg`,
    },
    hook: {
      examples: [
        ['hook install', 'explain each crash as soon as it is saved'],
        ['hook run /var/crash', 'read what is not read yet, now'],
        ['hook status', 'is it installed and enabled'],
      ],
      exits: `
Exit codes:
  0 done, or installed and enabled, 1 usage, 2 a file could not be written, 10
  not installed or not enabled (status), 70 a bug in lastkmsg`,
    },
    ship: {
      examples: [
        ['ship /var/crash --nats tls://fleet:4222 --nkey ship.nk', 'each dump, each log; shipped twice it counts once'],
        ['journalctl -k -b -1 | lastkmsg ship - --nats tls://fleet:4222', 'the boot before this one'],
        ['ship --resume --nats tls://fleet:4222', 'what could not be sent before'],
      ],
      exits: `
Exit codes:
  0 the server has all, 1 usage, 2 nothing could be read, 3 something waits in
  the spool or was lost, 70 a bug in lastkmsg`,
    },
    worker: {
      examples: [['worker --nats tls://fleet:4222 --nkey worker.nk', 'until SIGTERM']],
      exits: `
Exit codes:
  0 drained, 1 usage, 2 no server, or no queues on it, 70 a bug in lastkmsg`,
    },
    diff: {
      examples: [
        ['diff before.log after.log', 'what an upgrade brought'],
        ['diff --fail-on crash good bad', 'exit code 10: B crashes in a new way'],
      ],
    },
    mcp: { examples: [['mcp --root /var/crash', 'started by an assistant, which it answers']], exits: EXIT_CODES_ALONE },
    config: {
      before: `
Settings are the defaults of options; an option counts more than a variable, a
variable more than a file. Files hold lines key = value, # begins a comment:
  $XDG_CONFIG_HOME/lastkmsg/config (~/.config), /etc/xdg/lastkmsg/config

  color         LASTKMSG_COLOR         auto, always, never
  utc           LASTKMSG_UTC           yes or no
  redact-words  LASTKMSG_REDACT_WORDS  for report --redact, separated by commas
  roots         LASTKMSG_ROOTS         for mcp, separated by colons
  store         LASTKMSG_STORE         for fleet
  nats          LASTKMSG_NATS          for ship, worker, fleet: the server
  hook-command  LASTKMSG_HOOK_COMMAND  for hook run; out of no file that others
                                       can write
dmesg takes no settings.`,
      examples: [
        ['config', 'what is in force, and why'],
        ['config --json', 'as JSON'],
      ],
      exits: EXIT_CODES_ALONE,
    },
    completion: {
      examples: [
        ['completion bash > ~/.local/share/bash-completion/completions/lastkmsg', 'for good'],
        ['completion man | man -l -', 'the manual page'],
      ],
      exits: EXIT_CODES_ALONE,
    },
    schema: { examples: [['schema > lastkmsg.schema.json', 'for editors and validators']], exits: EXIT_CODES_ALONE },
    dmesg: {
      examples: [
        ['dmesg vmcore', 'as vmcore-dmesg prints it'],
        ['dmesg -T -l err+ vmcore', 'errors and worse, with wall times'],
        ['dmesg -H vmcore', 'coloured, in a pager'],
        ['dmesg --format crash-t vmcore', "as crash's log -t"],
      ],
    },
  }),
);

const WIDTH = 80;

/** What stands behind the options of a command; of one that has no entry its exit codes. */
export function helpAfter(name: string): string {
  const { before = '', examples = [], exits = EXIT_CODES } = HELP.get(name) ?? {};
  const rows = examples.map(([command, what]) => [`  ${command.includes(' | lastkmsg') ? '' : 'lastkmsg '}${command}`, what] as const);
  const column = Math.max(...rows.map(([typed]) => typed.length)) + 2;
  const beside = rows.every(([, what]) => column + what.length <= WIDTH);
  const lines = rows.map(([typed, what]) => (beside ? `${typed.padEnd(column)}${what}` : `${typed}\n      ${what}`));
  const said = lines.length === 0 ? '' : `\nExamples:\n${lines.join('\n')}\n`;
  return `${before === '' ? '' : `${before}\n`}${said}${exits}`;
}
