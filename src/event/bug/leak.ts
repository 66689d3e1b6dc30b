import { LEAKS } from '../../../grammars/bug/leak-lines.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, readReport, said } from '../facts/facts.ts';
import { present } from '../facts/said.ts';

/** Things that outlive what they belong to. */
export function buildLeak(report: Report): Draft {
  const facts = gather(report, readReport(report));
  const fs = said(facts, LEAKS.umount_check)?.fs;
  const device = said(facts, LEAKS.generic_shutdown_super)?.device;
  const title = report.form.name === 'dentry' ? 'BUG: Dentry still in use in unmount' : 'VFS: Busy inodes after unmount';
  return baseDraft(facts, {
    kind: 'resource-leak',
    severity: 'error',
    naming: { title, bare: title, alt: fs === undefined ? [] : [`BUG: Dentry still in use [unmount of ${fs.value}]`] },
    extra: { details: present({ fs, device }) },
  });
}
