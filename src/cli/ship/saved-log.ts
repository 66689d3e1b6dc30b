import { dirname } from 'node:path';
import { openFile } from '../../dump/open/file-source.ts';
import { HEAD } from '../../dump/open/head.ts';
import { sniff } from '../../dump/sniff.ts';
import { SAVED_LOG } from '../../fleet/copies.ts';
import { groupBy } from '../../fleet/tally.ts';
import { lossesOf, recordsInTime } from '../../read/inputs/dump-log.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { open } from '../../read/inputs/open.ts';
import { inputProblem } from '../exit.ts';

/** Dumps of one directory that a log is compared with: kdump gives each crash a directory. */
const MOST_DUMPS = 8;
/** The end of a log. */
const TAIL = 1 << 14;

/**
 * Logs that are the text of a dump beside them, by name: shipped too they would make every crash two. kdump's scripts call them so, the dump
 * lost nothing, and both end with the same line.
 * @returns the dump of each
 */
export async function savedLogs(groups: readonly InputGroup[]): Promise<ReadonlyMap<InputGroup, string>> {
  const saved = new Map<InputGroup, string>();
  for (const beside of groupBy(groups, (group) => dirname(nameOf(group))).values()) {
    const logs = beside.filter((group) => SAVED_LOG.test(nameOf(group)));
    const dumps = logs.length === 0 ? [] : await lastLines(beside);
    for (const log of dumps.length === 0 ? [] : logs) {
      const end = endOf(nameOf(log));
      const of = dumps.find(({ line }) => end.endsWith(line));
      if (of !== undefined) saved.set(log, of.dump);
    }
  }
  return saved;
}

interface LastLine {
  readonly dump: string;
  readonly line: string;
}

const nameOf = ([file]: InputGroup): string => file?.name ?? '-';

async function lastLines(beside: readonly InputGroup[]): Promise<readonly LastLine[]> {
  const dumps = beside.filter((group) => !SAVED_LOG.test(nameOf(group)) && isDump(nameOf(group)));
  const lines: LastLine[] = [];
  for (const group of dumps.slice(0, MOST_DUMPS)) {
    const line = await lastLine(group);
    if (line !== undefined) lines.push({ dump: nameOf(group), line });
  }
  return lines;
}

/** The last line of a dump's log; undefined where something of it is lost. */
async function lastLine(group: InputGroup): Promise<string | undefined> {
  try {
    const opened = await open(group);
    try {
      if (opened.kind !== 'dump' || opened.dump.isCarved) return undefined;
      let text = '';
      for (const record of recordsInTime(opened.dump, true)) text = record.text;
      return lossesOf(opened.dump).length > 0 ? undefined : text.trimEnd().split('\n').at(-1) || undefined;
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (inputProblem(error) === undefined) throw error;
    return undefined; // told when it is shipped
  }
}

function isDump(name: string): boolean {
  return read(name, (source) => sniff(source.read(0, HEAD))) !== undefined;
}

const endOf = (name: string): string =>
  (read(name, (source) => source.read(Math.max(0, source.size - TAIL), TAIL).toString('latin1')) ?? '').trimEnd();

function read<T>(name: string, use: (source: ReturnType<typeof openFile>) => T): T | undefined {
  try {
    const source = openFile(name);
    try {
      return use(source);
    } finally {
      source.close();
    }
  } catch (error) {
    if (inputProblem(error) === undefined) throw error;
    return undefined; // told when it is shipped
  }
}
