import { SLAB } from '../../../grammars/bug/slab-lines.ts';
import type { Report } from '../../report/report.ts';
import type { Frame } from '../event.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { allSaid, type Facts, gather, lineOf, readReport, said, saidBy } from '../facts/facts.ts';
import { present } from '../facts/said.ts';

/** SLUB's and SLAB's own checks: red zones, poison, free lists. */
export function buildSlab(report: Report): Draft {
  const facts = gather(report, readReport(report));
  if (report.form.name === 'track') return trackAlone(facts);
  const head = lineOf(facts, SLAB.slab_bug, SLAB.slab_error, SLAB.check_poison_obj, SLAB.kmem_cache_destroy);
  // all of these rows have a cache and what is wrong with it
  const { cache, what: complaint } = head === undefined ? {} : saidBy(facts, SLAB.slab_error, head);
  const bytes = said(facts, SLAB.check_bytes_and_report) ?? said(facts, SLAB.check_bytes_and_report_within);
  // since 6.10 what is overwritten stands in the line above
  const what = complaint?.value === 'Object corrupt' ? (said(facts, SLAB.check_bytes_and_report)?.what ?? complaint) : complaint;
  // one kind of fault, whatever the numbers: `Slab has N allocated objects but N are to be freed`
  const kind = (what?.value ?? '')
    .replace(/ on __kmem_cache_shutdown\(\)| in \S+ on .*|0x[0-9a-f]+.*|\. .*/g, '')
    .replace(/\d+/g, 'N')
    .trim();
  // SLAB's check of the poison says no more than that
  const name = kind === '' || /^slab corruption$/i.test(kind) ? 'slab corruption' : `slab corruption (${kind})`;
  const object = said(facts, SLAB.print_trailer);
  const slab = said(facts, SLAB.print_slab_info);
  const fixes = allSaid(facts, SLAB.slab_fix).flatMap(({ fix }) => fix ?? []);
  return baseDraft(facts, {
    kind: 'slab-corruption',
    severity: 'error',
    naming: {
      title: `${name} in {f}`,
      bare: name,
      alt: ['bad-access in {f}'],
      frames: facts.stacks
        .filter((s) => !/^(?:Allocated|Freed)/.test(s.label))
        .flatMap((s) => s.frames)
        .concat(head?.frame ?? []),
    },
    extra: {
      details: present({
        cache,
        message: what?.map((text) => text.slice(0, 200)),
        objectAddress: object?.address,
        objectOffset: object?.offset,
        freePointer: object?.fp ?? slab?.fp,
        slabObjects: slab?.objects,
        slabUsed: slab?.used,
        firstBad: bytes?.first,
        lastBad: bytes?.last,
        badOffset: bytes?.offset,
        byte: bytes?.byte,
        expectedByte: bytes?.expected,
        fixes: fixes.length === 0 ? undefined : fixes,
      }),
    },
  });
}

/** A cut report may hold no more than who allocated or freed the object. */
function trackAlone(facts: Facts): Draft {
  const head = lineOf(facts, SLAB.print_track_info);
  const what = (head && saidBy(facts, SLAB.print_track_info, head).what?.value) ?? 'Freed';
  const title = `INFO: ${what} in ${functionOf(head?.frame)} age=NUM cpu=NUM pid=NUM`;
  return baseDraft(facts, {
    kind: 'slab-corruption',
    severity: 'error',
    naming: { title, bare: title, frames: head?.frame && [head.frame] },
  });
}

const functionOf = (frame: Frame | undefined): string =>
  `${frame?.symbol ?? 'unknown'}${frame?.module === undefined ? '' : ` [${frame.module}]`}`;
