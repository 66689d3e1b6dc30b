import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, headOf, readReport } from '../facts/facts.ts';

/** Things that outlive what they belong to. */
export function buildLeak(report: Report): Draft {
  const facts = gather(report, readReport(report));
  const text = report.lines[report.headIndex]?.text ?? '';
  const fs = headOf(facts, 'umount_check')?.fields.fs;
  const titles: Readonly<Record<string, string>> = {
    dentry: 'BUG: Dentry still in use in unmount',
    inodes: 'VFS: Busy inodes after unmount',
    netdevice: 'unregister_netdevice: waiting for DEV to become free',
  };
  const title = titles[report.form.name] ?? text;
  return baseDraft(facts, {
    kind: 'resource-leak',
    severity: 'error',
    naming: { title, bare: title, alt: fs === undefined ? [] : [`BUG: Dentry still in use [unmount of ${fs}]`] },
  });
}
