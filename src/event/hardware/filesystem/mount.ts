import { MOUNT_LINES as MOUNT } from '../../../../grammars/hardware/filesystem/mount-lines.ts';
import type { Report } from '../../../report/report.ts';
import { gather, readReport, said } from '../../facts/facts.ts';

/** What a line says of a file system on a device: it begins, it is there now, it ends. */
export interface Mount {
  readonly device: string;
  readonly step: 'begins' | 'stands' | 'ends';
}

/** What a report of the form `mount` says. */
export function mountOf(report: Report): Mount | undefined {
  const facts = gather(report, readReport(report));
  const begins = said(facts, MOUNT.mount_begins);
  const stands = said(facts, MOUNT.mount_stands);
  const device = (begins ?? stands ?? said(facts, MOUNT.mount_ends))?.device?.value;
  return device === undefined ? undefined : { device, step: begins !== undefined ? 'begins' : stands !== undefined ? 'stands' : 'ends' };
}
