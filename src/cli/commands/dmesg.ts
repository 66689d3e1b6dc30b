import { dmesgFormat } from '../../output/dmesg/dmesg.ts';
import type { LogFormat } from '../../output/dmesg/format.ts';
import { peerFormat } from '../../output/dmesg/formats.ts';
import { fragmentText } from '../../output/dmesg/fragment.ts';
import { jsonFormat } from '../../output/dmesg/json.ts';
import { ansiPainter } from '../../output/dmesg/paint.ts';
import type { LogFacts } from '../../output/dmesg/peers.ts';
import type { Fragment } from '../../printk/salvage/fragment.ts';
import type { DumpLog } from '../../read/inputs/dump-log.ts';
import { lossesOf, recordsInTime } from '../../read/inputs/dump-log.ts';
import type { LogInput } from '../../read/inputs/input.ts';
import { clockAnchor } from '../../record/clock.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { EXIT } from '../exit.ts';
import { type FailOn, failOn, type Watch, watchDump } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';
import { StdoutWriter } from '../stdout.ts';
import { VERSION } from '../version.ts';
import { warn } from '../warn.ts';
import { DmesgFilter, hasWallBound, isUnfiltered, type WallOf } from './dmesg-filter.ts';
import { DMESG_HELP, type DmesgArguments, parseDmesgArguments } from './dmesg-options.ts';

/** `lastkmsg dmesg`: the kernel log itself. @returns the exit code */
export async function dmesg(argv: readonly string[]): Promise<number> {
  const args = parseDmesgArguments(argv);
  if (args.help || args.version) {
    process.stdout.write(args.help ? DMESG_HELP : `${VERSION}\n`);
    return EXIT.ok;
  }
  const fail = await failOn(args.failOn);
  const pager = args.human && args.pager && !args.follow ? (await import('../pager.ts')).openPager() : undefined;
  const out = new StdoutWriter('latin1', pager?.stream);
  const code = await eachOpened(args.files, args, (opened) =>
    opened.kind === 'dump' ? printDump(opened.dump, args, out, fail) : printText(opened.input, args, out, fail),
  );
  await out.flush();
  await pager?.close();
  return fail.found ? EXIT.failOn : code;
}

async function printDump(dump: DumpLog, args: DmesgArguments, out: StdoutWriter, fail: FailOn): Promise<readonly string[]> {
  const { log, kernel } = dump;
  const peer = args.format !== 'dmesg' && args.format !== 'json';
  if (log.flat && (args.format === 'vmcore-dmesg' || args.format === 'makedumpfile') && isUnfiltered(args)) {
    watchDump(fail, dump);
    await out.write(log.flat.toString('latin1')); // a character log has no records: peers print its bytes
  } else {
    // peers know nothing of the early static ring, so what equals their output byte for byte leaves it out
    const watch = fail.begin(dump.name, kernel.info.release);
    const records = [...recordsInTime(dump, !peer || args.format === 'kmsg')];
    const anchor = clockAnchor(records, { crashTime: kernel.info.crashTime, dumpTime: dump.dump.details.timestamp });
    const wallOf: WallOf = (r) => (anchor && r.usec !== undefined ? anchor.bootUsec + r.usec : undefined);
    const facts: LogFacts = { old: log.generation !== 'lockless', wrapBefore: log.wrapBefore };
    const fragments = await salvaged(dump, args);
    await print({ name: dump.name, batches: [records], facts, wallOf, watch, isText: false, fragments }, args, out);
    if (peer && log.report.early > 0 && args.format !== 'kmsg' && !args.quiet) {
      warn(
        `${dump.name}: ${log.report.early} older records survive in the static ring of early boot: -x, -r, -J and --format kmsg show them`,
      );
    }
  }
  return lossesOf(dump);
}

async function printText(input: LogInput, args: DmesgArguments, out: StdoutWriter, fail: FailOn): Promise<readonly string[]> {
  const facts: LogFacts = { old: false, wrapBefore: {} };
  const watch = fail.begin(input.name);
  const log = { name: input.name, facts, watch, isText: true };
  if (showsWall(args) || hasWallBound(args)) {
    const { DatedRecords } = await import('../../read/events/dated-records.ts');
    const dated = new DatedRecords(input.batches, !args.follow);
    await print({ ...log, batches: dated, wallOf: (r) => dated.wallOf(r) }, args, out);
  } else await print({ ...log, batches: input.batches, wallOf: () => undefined }, args, out);
  return input.losses;
}

/** A log to print, and what is known around its records. */
interface Printed {
  readonly name: string;
  readonly batches: AsyncIterable<readonly PrintkRecord[]> | Iterable<readonly PrintkRecord[]>;
  readonly facts: LogFacts;
  readonly wallOf: WallOf;
  readonly watch: Watch;
  readonly isText: boolean;
  /** Text that no record owns: what is older stands before the records, what was in flight behind them. */
  readonly fragments?: readonly Fragment[];
}

async function print(
  { name, batches, facts, wallOf, watch, isText, fragments = [] }: Printed,
  args: DmesgArguments,
  out: StdoutWriter,
): Promise<void> {
  const format = formatFor(args, facts, wallOf, isText);
  const filter = new DmesgFilter(args, wallOf);
  const undated: string[] = showsWall(args) && !args.human ? ['times are seconds since boot'] : [];
  if (format.head) await out.write(format.head);
  for (const fragment of fragments) if (!fragment.inFlight) await out.write(printFragment(fragment, args, format));
  for await (const records of batches) {
    watch.see(records);
    for (const record of records) {
      const full = filter.passes(record) ? out.write(format.record(record)) : undefined;
      if (full) await full;
    }
    if (undated.length > 0 && records.some((r) => wallOf(r) !== undefined)) undated.length = 0;
    // what grows is shown as it comes, and a pipe when it pauses
    if (args.follow || records.length === 0) await out.flush();
  }
  watch.end();
  for (const fragment of fragments) if (fragment.inFlight) await out.write(printFragment(fragment, args, format));
  if (format.end) await out.write(format.end());
  if (filter.isUndated) undated.push('--since and --until by date were not applied');
  if (undated.length > 0 && !args.quiet) warn(`${name}: nothing anchors the clock of this log: ${undated.join(', ')}`);
}

const printFragment = (fragment: Fragment, { format: name }: DmesgArguments, format: LogFormat): string =>
  name === 'json' ? format.record({ seq: fragment.seq ?? 0, text: fragmentText(fragment) }) : `${fragmentText(fragment)}\n`;

/** They have no level, and most no time: a filter leaves them out. */
async function salvaged({ log }: DumpLog, args: DmesgArguments): Promise<readonly Fragment[]> {
  return args.salvage && isUnfiltered(args) ? (await import('../../printk/salvage/salvage.ts')).salvage(log) : [];
}

/** Whether wall times are shown, which something must anchor. */
const showsWall = ({ format, timeFormats }: DmesgArguments): boolean =>
  format === 'dmesg' && timeFormats.some((name) => ['ctime', 'iso', 'reltime', 'ctime+delta'].includes(name));

function formatFor(asked: DmesgArguments, facts: LogFacts, wallOf: WallOf, isText: boolean): LogFormat {
  // a text that says who printed a line says it still; rings say it of every record
  const args = { ...asked, caller: asked.caller || isText, noEscape: asked.noEscape && !process.stdout.isTTY };
  if (args.format === 'json') return jsonFormat(args);
  if (args.format !== 'dmesg') return peerFormat(args.format, facts, args.caller);
  const { NO_COLOR, TERM } = process.env;
  const can = args.human && process.stdout.isTTY && !NO_COLOR && TERM !== 'dumb';
  return dmesgFormat({ ...args, wallOf, painter: args.color === 'always' || (args.color === 'auto' && can) ? ansiPainter : undefined });
}
