import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, headOf, readReport } from '../facts/facts.ts';

/** SLUB's and SLAB's own checks: red zones, poison, free lists. */
export function buildSlab(report: Report): Draft {
  const facts = gather(report, readReport(report));
  const head = headOf(facts, 'slab_bug', 'slab_error', 'kmem_cache_destroy', 'print_track_lines');
  const { cache, what = 'corruption' } = head?.fields ?? {};
  const kind = what.replace(/ on __kmem_cache_shutdown\(\)| in \S+ on .*|0x[0-9a-f]+.*|\d+.*/g, '').trim();
  if (report.form.name === 'track') {
    // A cut report may hold nothing but who had the object.
    const title = (report.lines[report.headIndex]?.text ?? '').replace(/\+0x[0-9a-f]+\/0x[0-9a-f]+/g, '').replace(/=\d+/g, '=NUM');
    return baseDraft(facts, {
      kind: 'slab-corruption',
      severity: 'error',
      naming: { title, bare: title, frames: head?.frame && [head.frame] },
    });
  }
  return baseDraft(facts, {
    kind: 'slab-corruption',
    severity: 'error',
    naming: {
      title: `slab corruption (${kind}) in {f}`,
      bare: `slab corruption (${kind})`,
      alt: ['bad-access in {f}'],
      frames: facts.stacks
        .filter((s) => !/^(?:Allocated|Freed)/.test(s.label))
        .flatMap((s) => s.frames)
        .concat(head?.frame ?? []),
    },
    extra: { details: { ...(cache === undefined ? {} : { cache }), message: what.slice(0, 200) } },
  });
}
