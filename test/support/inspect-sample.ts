import type { Dump } from '../../src/dump/dump.ts';
import { openDump, openInput } from '../../src/dump/open/open-dump.ts';
import { type Inspectable, openInspectable } from '../../src/kernel/open.ts';
import { Inspection } from '../../src/machine/inspection.ts';
import { findKernel } from '../../src/memory/kernel.ts';
import { openLog } from '../../src/printk/log.ts';

/** A dump as `inspect` opens it. @param change what a test does to it first */
export async function inspectSample(
  file: string,
  change: (dump: Dump) => Dump = (dump) => dump,
): Promise<Inspectable & { inspection?: Inspection }> {
  const kernel = findKernel(change(await openDump([await openInput(file)])), file);
  const found = openInspectable(kernel, { fresh: true });
  if (found.tier !== 'full') return found;
  const lines = (): string[] => [...openLog(kernel).records(false)].flatMap(({ text }) => text.split('\n'));
  return { ...found, inspection: new Inspection(found.context, lines) };
}

/** Trimmed dumps with all that inspection needs; golden/inspect/ORIGIN says where they are from. */
export const RICH = 'test/golden/inspect/rich-stuck-disk-6.1.vmcore';
export const HOLES = 'test/golden/inspect/holes-7.2.vmcore';
export const ARM64 = 'test/golden/inspect/arm64-6.12.vmcore';
