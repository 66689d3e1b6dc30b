import type { Dump } from '../../dump/dump.ts';
import { TimeUp } from '../../dump/open/deadline.ts';
import { type OpenedFile, openDump } from '../../dump/open/open-dump.ts';
import { findKernel, type Kernel } from '../../memory/kernel.ts';
import { NoKernelError } from '../../memory/no-kernel.ts';
import { unknownKernel } from '../../memory/unknown-kernel.ts';
import { openLog, type PrintkLog } from '../../printk/log.ts';
import type { LogReport } from '../../printk/report.ts';
import type { PrintkRecord } from '../../record/record.ts';

/** A dump with its kernel and its log found; read from its files as it is asked, till it is closed. */
export interface DumpLog {
  readonly name: string;
  readonly dump: Dump;
  readonly kernel: Kernel;
  readonly log: PrintkLog;
  /** True where the log was found by its shape: nothing is known of the kernel, and its memory cannot be read by address. */
  readonly isCarved?: boolean | undefined;
  close(): void;
}

/** Takes the files over. @throws InputError where the container, the kernel or its log cannot be found */
export async function openDumpLog(files: readonly OpenedFile[]): Promise<DumpLog> {
  const name = files[0]!.name;
  const close = () => files.forEach(({ source }) => void source.close());
  try {
    const found = await findLog(await openDump(files), name);
    return { name, dump: found.kernel.dump, ...found, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** By VMCOREINFO; where nothing leads to the log, by its shape. @throws NoKernelError where that finds nothing either */
async function findLog(dump: Dump, name: string): Promise<Pick<DumpLog, 'kernel' | 'log' | 'isCarved'>> {
  try {
    const kernel = findKernel(dump, name);
    return { kernel, log: openLog(kernel) };
  } catch (error) {
    if (!(error instanceof NoKernelError)) throw error;
    const { carveLog } = await import('../../printk/carve/carve.ts');
    const log = carveLog(dump);
    if (log === undefined) throw error;
    return { kernel: unknownKernel(dump, error.info), log, isCarved: true };
  }
}

/** The records that can be read before time is up; that it was is one of the losses. */
export function* recordsInTime({ log }: DumpLog, early: boolean): Generator<PrintkRecord> {
  try {
    yield* log.records(early);
  } catch (error) {
    if (!(error instanceof TimeUp)) throw error;
    log.report.stopped = error.loss;
  }
}

/** What was lost or could not be read, one line each; complete once the records have been drawn. Exit code 3 where there is any. */
export function lossesOf({ dump, kernel, log }: DumpLog): string[] {
  const { report } = log;
  const incomplete = dump.details.incomplete;
  const kernelWarnings = kernel.proven ? [] : kernel.warnings;
  const stopped = report.stopped === undefined ? [] : [report.stopped];
  return [
    ...stopped,
    ...(incomplete ? [`the dump is incomplete: ${incomplete}`] : []),
    ...kernelWarnings,
    ...report.problems,
    ...lostRecords(report),
  ];
}

function lostRecords(report: LogReport): string[] {
  const named = report.lost.map(({ first, last, why }) =>
    first === last ? `record ${first} is lost (${why})` : `records ${first} to ${last} are lost (${why})`,
  );
  return report.lostMore === undefined ? named : [...named, `${report.lostMore} more gaps of lost records`];
}
