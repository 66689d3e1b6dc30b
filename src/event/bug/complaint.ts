import { COMPLAINTS } from '../../../grammars/bug/complaint-lines.ts';
import type { Frame } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { type Facts, framesFrom, lineOf, said } from '../facts/facts.ts';
import { present } from '../facts/said.ts';

/** Rows of which the function in the trace is to blame. */
const WITH_STACK = [COMPLAINTS.ex_handler_msr, COMPLAINTS.__div0, COMPLAINTS.kmalloc_fix_flags] as const;

/** What the kernel found wrong with itself without a WARN; undefined where the report holds none. Nothing dies of it. */
export function buildComplaint(facts: Facts): Draft | undefined {
  for (const row of WITH_STACK) {
    const what = said(facts, row)?.what;
    if (!what) continue;
    const made = draft(
      facts,
      `${what.value} in {f}`,
      what.value,
      present({ msr: said(facts, COMPLAINTS.ex_handler_msr)?.msr }),
      saidAt(facts, row),
    );
    // guests boot with it: the hypervisor has not all registers that the processor would have
    return row === COMPLAINTS.ex_handler_msr ? { ...made, severity: 'info' } : made;
  }
  const stale = said(facts, COMPLAINTS.dio_warn_stale_pagecache)?.what;
  if (stale) return draft(facts, stale.value, stale.value, present({ file: said(facts, COMPLAINTS.dio_warn_stale_pagecache_file)?.file }));
  const rcu = said(facts, COMPLAINTS.call_rcu);
  if (rcu?.what) return draft(facts, ['RCU callback queued twice', rcu.callback?.value].filter((t) => t).join(': '));
  if (said(facts, COMPLAINTS.resched_latency_warn)?.what) return draft(facts, 'CPU does not reschedule in {f}', 'CPU does not reschedule');
  const scx = said(facts, COMPLAINTS.scx_log_sched_disable);
  if (scx?.what) return draft(facts, `sched_ext: ${scx.what.value}${scx.reason === undefined ? '' : ` disabled: ${scx.reason.value}`}`);
  const page = said(facts, COMPLAINTS.page_outside_zone_boundaries)?.what;
  if (page) return draft(facts, 'Page outside of its zone');
  const table = said(facts, COMPLAINTS.pgd_clear_bad)?.what;
  if (table) return { ...draft(facts, `BUG: ${table.value} in page table`), kind: 'bad-page', severity: 'error' };
  const other = said(facts, COMPLAINTS.validate_slab_node)?.what;
  return other && draft(facts, other.value === 'Lookup' ? 'VFS: a directory would be its own parent' : 'SLUB counts slabs wrong');
}

/** The function that the line itself names comes before those of the trace. */
function saidAt(facts: Facts, row: (typeof WITH_STACK)[number]): readonly Frame[] | undefined {
  const frame = lineOf(facts, row)?.frame;
  return frame?.symbol === undefined ? undefined : framesFrom(frame, facts);
}

const draft = (facts: Facts, title: string, bare = title, details = {}, frames?: readonly Frame[]): Draft =>
  baseDraft(facts, { kind: 'warning', severity: 'warning', naming: { title, bare, frames }, extra: { details } });
