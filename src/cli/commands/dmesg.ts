import { dmesgFormat } from '../../output/dmesg/dmesg.ts';
import type { LogFormat } from '../../output/dmesg/format.ts';
import { peerFormat } from '../../output/dmesg/formats.ts';
import { jsonFormat } from '../../output/dmesg/json.ts';
import { ansiPainter } from '../../output/dmesg/paint.ts';
import type { LogFacts } from '../../output/dmesg/peers.ts';
import { type ClockAnchor, clockAnchor } from '../../record/clock.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { EXIT } from '../exit.ts';
import type { DumpLog } from '../inputs/dump-log.ts';
import { lossesOf } from '../inputs/dump-log.ts';
import { eachOpened } from '../inputs/each.ts';
import { ByteWriter } from '../stdout.ts';
import { warn } from '../warn.ts';
import { DMESG_HELP, type DmesgArguments, parseDmesgArguments } from './dmesg-options.ts';

/** `lastkmsg dmesg`: the kernel log itself. @returns the exit code */
export async function dmesg(argv: readonly string[]): Promise<number> {
  const args = parseDmesgArguments(argv);
  const out = new ByteWriter();
  if (args.help) {
    out.write(DMESG_HELP);
    await out.flush();
    return EXIT.ok;
  }
  const code = await eachOpened(args.files, args, async (opened) =>
    opened.kind === 'dump' ? printDump(opened.dump, args, out) : printText(opened.input.batches, args, out, opened.input.losses),
  );
  await out.flush();
  return code;
}

async function printDump(dump: DumpLog, args: DmesgArguments, out: ByteWriter): Promise<readonly string[]> {
  const { log, kernel } = dump;
  const peer = args.format !== 'dmesg' && args.format !== 'json';
  if (log.flat && (args.format === 'vmcore-dmesg' || args.format === 'makedumpfile') && isUnfiltered(args)) {
    await out.write(log.flat.toString('latin1')); // a character log has no records: peers print its bytes
  } else {
    // peers know nothing of the early static ring, so what equals their output byte for byte leaves it out
    const records = [...log.records(!peer || args.format === 'kmsg')];
    const anchor = clockAnchor(records, { crashTime: kernel.info.crashTime, dumpTime: dump.dump.details.timestamp });
    if (needsClock(args) && !anchor && !args.quiet)
      warn(`${dump.name}: nothing in the dump anchors its clock: times are seconds since boot`);
    const facts: LogFacts = { old: log.generation !== 'lockless', wrapBefore: log.wrapBefore };
    await print([records], args, formatFor(args, facts, anchor), anchor, out);
    if (peer && log.report.early > 0 && args.format !== 'kmsg' && !args.quiet) {
      warn(
        `${dump.name}: ${log.report.early} older records survive in the static ring of early boot: -x, -r, -J and --format kmsg show them`,
      );
    }
  }
  return lossesOf(dump);
}

async function printText(
  batches: AsyncIterable<readonly PrintkRecord[]>,
  args: DmesgArguments,
  out: ByteWriter,
  losses: readonly string[],
): Promise<readonly string[]> {
  const facts: LogFacts = { old: false, wrapBefore: {} };
  await print(batches, args, formatFor(args, facts, undefined), undefined, out);
  return losses;
}

async function print(
  batches: AsyncIterable<readonly PrintkRecord[]> | Iterable<readonly PrintkRecord[]>,
  args: DmesgArguments,
  format: LogFormat,
  anchor: ClockAnchor | undefined,
  out: ByteWriter,
): Promise<void> {
  const wanted = filter(args, anchor);
  if (format.head) await out.write(format.head);
  for await (const records of batches) {
    for (const record of records) {
      const full = wanted(record) ? out.write(format.record(record)) : undefined;
      if (full) await full;
    }
    if (args.follow) await out.flush();
  }
  if (format.end) await out.write(format.end());
}

const isUnfiltered = (args: DmesgArguments): boolean => !args.levels && !args.facilities && !args.since && !args.until;

const needsClock = (args: DmesgArguments): boolean =>
  args.format === 'dmesg' && ['ctime', 'iso', 'reltime', 'ctime+delta'].includes(args.timeFormat) && !args.human;

const wallOf =
  (anchor: ClockAnchor | undefined) =>
  (r: PrintkRecord): number | undefined =>
    r.wall?.usec ?? (anchor && r.usec !== undefined ? anchor.bootUsec + r.usec : undefined);

function formatFor(args: DmesgArguments, facts: LogFacts, anchor: ClockAnchor | undefined): LogFormat {
  if (args.format === 'json') return jsonFormat(args);
  if (args.format !== 'dmesg') return peerFormat(args.format, facts, args.caller);
  const colored = args.color === 'always' || (args.color === 'auto' && args.human && process.stdout.isTTY && !process.env.NO_COLOR);
  return dmesgFormat({ ...args, wallOf: wallOf(anchor), painter: colored ? ansiPainter : undefined });
}

function filter(args: DmesgArguments, anchor: ClockAnchor | undefined): (r: PrintkRecord) => boolean {
  if (isUnfiltered(args)) return () => true;
  const wall = wallOf(anchor);
  const timeOf = (r: PrintkRecord, bound: NonNullable<DmesgArguments['since']>): readonly [number | undefined, number] =>
    'uptime' in bound ? [r.usec, bound.uptime] : [wall(r), bound.wall];
  const { levels, facilities, since, until } = args;
  return (r) => {
    if (levels && (r.level === undefined || !levels.has(r.level))) return false;
    if (facilities && !facilities.has(r.facility ?? 0)) return false;
    if (since) {
      const [time, bound] = timeOf(r, since);
      if (time === undefined || time < bound) return false;
    }
    if (until) {
      const [time, bound] = timeOf(r, until);
      if (time === undefined || time >= bound) return false;
    }
    return true;
  };
}
