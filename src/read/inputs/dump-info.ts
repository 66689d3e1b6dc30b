import type { Dump } from '../../dump/dump.ts';
import type { NoKernelError } from '../../memory/no-kernel.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { InputInfo } from '../info.ts';
import type { DumpLog } from './dump-log.ts';
import type { LogSpan } from './log-span.ts';

/** What a dump is, and what its log holds: complete once the records were drawn, which `span` has seen. */
export function dumpInfo(opened: DumpLog, span: LogSpan): InputInfo {
  const { dump, kernel, log } = opened;
  const { details } = dump;
  const { info, memory, utsname } = kernel;
  const { report } = log;
  const buildId = info.get('BUILD-ID');
  return {
    schemaVersion: 1,
    source: opened.name,
    container: containerInfo(dump),
    machine: {
      architecture: kernel.machine,
      byteOrder: memory.reader.order,
      wordBits: memory.wordSize === 8 ? 64 : 32,
      pageSize: memory.pageSize,
      cpus: cpusOf(dump),
    },
    kernel: {
      release: info.release,
      version: kernel.proven && utsname ? decodeText(utsname.version) : undefined,
      nodename: kernel.proven && utsname ? decodeText(utsname.nodename) : undefined,
      buildId,
      buildIdDoubtful: buildId !== undefined && isBuildIdDoubtful(info.release ?? '') ? true : undefined,
      proven: kernel.proven,
    },
    vmcoreinfo: opened.isCarved
      ? undefined
      : {
          source: kernel.infoSource,
          physicalAddress: kernel.infoPaddr === undefined ? undefined : `0x${kernel.infoPaddr.toString(16)}`,
        },
    crashTime: info.crashTime === undefined ? undefined : isoTime(info.crashTime),
    log: {
      generation: log.generation,
      carved: opened.isCarved,
      bufferBytes: report.bufferBytes || undefined,
      descriptors: report.capacity,
      ...span.facts,
      overwritten: report.overwritten,
      early: report.early,
      dropped: report.dropped,
      inFlight: report.inFlight,
      invalid: report.invalid,
      lost: report.lost,
    },
    warnings: [...details.warnings, ...kernel.warnings, ...report.problems],
  };
}

const NT_PRSTATUS = 1;

/** What the container alone says, where no kernel was found in its memory. */
export function bareDumpInfo({ facts, dump, info }: NoKernelError): InputInfo {
  const { byteOrder, machine, details } = dump;
  const { utsname, timestamp } = details;
  const release = info?.release ?? (utsname?.release || undefined);
  const cpus = cpusOf(dump);
  return {
    schemaVersion: 1,
    source: facts.file,
    container: containerInfo(dump),
    ...((machine || cpus) && { machine: { architecture: machine, byteOrder, pageSize: info?.pageSize, cpus } }),
    ...(release && {
      kernel: {
        release,
        version: utsname?.version || undefined,
        nodename: utsname?.nodename || undefined,
        buildId: info?.get('BUILD-ID'),
        proven: false,
      },
    }),
    crashTime: info?.crashTime === undefined ? undefined : isoTime(info.crashTime),
    dumpTime: timestamp === undefined ? undefined : isoTime(timestamp),
    log: { records: 0 },
    warnings: [...details.warnings, `${facts.sought}: ${facts.found}`],
  };
}

const cpusOf = ({ details, notes }: Dump): number | undefined =>
  details.cpus ?? (notes.filter((n) => n.name === 'CORE' && n.type === NT_PRSTATUS).length || undefined);

function containerInfo({ container, details }: Dump): InputInfo['container'] {
  return {
    format: container,
    compression: details.compression,
    wrappers: details.wrappers,
    flattened: details.flattened,
    splitMembers: details.split?.members,
    dumpLevel: details.dumpLevel,
    leftOut: details.dumpLevel === undefined ? undefined : leftOut(details.dumpLevel),
    incomplete: details.incomplete,
  };
}

const LEFT_OUT: readonly (readonly [bit: number, what: string])[] = [
  [1, 'zero pages'],
  [2, 'page cache'],
  [4, 'private page cache'],
  [8, 'user pages'],
  [16, 'free pages'],
];

/** Words for the bits of makedumpfile's dump level. */
const leftOut = (level: number): string[] => LEFT_OUT.filter(([bit]) => level & bit).map(([, what]) => what);

const isoTime = (seconds: number): string | undefined =>
  seconds < 2 ** 33 ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : undefined;

/**
 * A backport to stable trees made BUILD-ID garbage: 6.1.113–118, 6.6.55–62, 6.10.14 and later 6.10, 6.11.3–9, 5.15.168 and later.
 */
function isBuildIdDoubtful(release: string): boolean {
  const [, major, minor, patch] = (/^(\d+)\.(\d+)\.(\d+)/.exec(release) ?? []).map(Number);
  const within = (from: number, to: number) => patch !== undefined && patch >= from && patch <= to;
  switch (`${major}.${minor}`) {
    case '5.15':
      return within(168, Number.POSITIVE_INFINITY);
    case '6.1':
      return within(113, 118);
    case '6.6':
      return within(55, 62);
    case '6.10':
      return within(14, Number.POSITIVE_INFINITY);
    case '6.11':
      return within(3, 9);
    default:
      return false;
  }
}
