import { LEAKS } from '../../../grammars/bug/leak-lines.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, readReport, said } from '../facts/facts.ts';
import { present } from '../facts/said.ts';

/** Things that outlive what they belong to, or are used when they are gone. */
export function buildLeak(report: Report): Draft {
  const facts = gather(report, readReport(report));
  const fs = said(facts, LEAKS.umount_check)?.fs;
  const device = said(facts, LEAKS.generic_shutdown_super)?.device;
  const operations = said(facts, LEAKS.filp_close)?.operations;
  const [title, alt] = titleOf(report.form.name, fs?.value);
  return baseDraft(facts, {
    kind: 'resource-leak',
    severity: 'error',
    naming: { title, bare: title, alt: alt === undefined ? [] : [alt] },
    extra: { details: present({ fs, device, operations }) },
  });
}

/** The title, and what else it is known as. */
function titleOf(form: string, fs: string | undefined): readonly [string, string | undefined] {
  if (form === 'dentry')
    return ['BUG: Dentry still in use in unmount', fs === undefined ? undefined : `BUG: Dentry still in use [unmount of ${fs}]`];
  if (form === 'closed') return ['VFS: Close: file count is zero', 'VFS: Close: file count is zero (use-after-free)'];
  // the inodes point to a super block that is freed
  return ['VFS: Busy inodes after unmount', 'VFS: Busy inodes after unmount (use-after-free)'];
}
