import { parseBug } from '../../../grammars/bug/index.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft, type Verdict } from './base.ts';
import type { Draft } from './draft.ts';
import { blockText, type Facts, gather, headOf } from './facts.ts';

/** Lock rules broken. Thin: titles and stacks; issue 5 completes it. */
export function buildLock(report: Report): Draft {
  const facts = gather(report, parseBug(blockText(report)));
  return baseDraft(facts, verdict(report.form.name, facts));
}

function verdict(form: string, facts: Facts): Verdict {
  const text = facts.report.lines[facts.report.headIndex]?.text ?? '';
  const title = (t: string): Verdict['naming'] => ({ title: t, skip: ['lock', 'sched'] });
  if (form === 'atomic') return { kind: 'atomic-context', severity: 'error', naming: title(atomicTitle(text, facts)) };
  if (form === 'rcu')
    return {
      kind: 'rcu-usage',
      severity: 'warning',
      naming: { title: 'WARNING: suspicious RCU usage', bare: 'WARNING: suspicious RCU usage' },
    };
  if (form === 'spinlock')
    return {
      kind: 'spinlock-debug',
      severity: 'error',
      naming: title(`BUG: ${headOf(facts, 'spin_bug')?.fields.what ?? 'spinlock'} in {f}`),
    };
  const what = headOf(facts, 'lockdep_head')?.fields.what ?? text.replace(/^BUG: /, '');
  if (/possible (?:circular|recursive)|irq lock inversion|unsafe/.test(what))
    return { kind: 'lockdep', severity: 'warning', naming: title('possible deadlock in {f}') };
  if (/inconsistent lock state/.test(what))
    return { kind: 'lockdep', severity: 'warning', naming: title('inconsistent lock state in {f}') };
  if (/MAX_/.test(text)) return { kind: 'lockdep', severity: 'warning', naming: { title: text.trim(), bare: text.trim() } };
  const prefix = /non-static key/.test(what) ? 'INFO: trying to register non-static key' : `BUG: ${what.replace(/\s*detected$/, '')}`;
  return { kind: 'lockdep', severity: 'warning', naming: title(`${prefix} in {f}`) };
}

function atomicTitle(text: string, facts: Facts): string {
  if (/sleeping function/.test(text)) return 'BUG: sleeping function called from invalid context in {f}';
  if (/workqueue leaked/.test(text)) return 'BUG: workqueue leaked lock or atomic in {f}';
  const using = headOf(facts, 'check_preemption_disabled')?.fields.function;
  if (using !== undefined) return `BUG: using ${using} in preemptible code in {f}`;
  return 'BUG: scheduling while atomic in {f}';
}
