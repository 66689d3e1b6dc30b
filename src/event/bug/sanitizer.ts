import { SANITIZERS } from '../../../grammars/bug/sanitizer-lines.ts';
import { UBSAN } from '../../../grammars/bug/ubsan-lines.ts';
import type { Line } from '../../../grammars/common/line.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft, type Verdict } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { allSaid, type Facts, gather, lineOf, placeOf, readReport, recordAt, said, saidBy } from '../facts/facts.ts';
import { present, Said } from '../facts/said.ts';
import { accessOf } from '../oops/access.ts';
import { firstFrames } from './first-frames.ts';
import { kasan } from './kasan.ts';

/** KASAN, KMSAN, KCSAN, KFENCE, UBSAN, kmemleak. */
export function buildSanitizer(report: Report): Draft | undefined {
  const facts = gather(report, readReport(report));
  const verdict = VERDICTS.get(report.form.name)?.(facts);
  return verdict === undefined ? undefined : baseDraft(facts, verdict);
}

const VERDICTS: ReadonlyMap<string, (facts: Facts) => Verdict | undefined> = new Map(
  Object.entries({ kasan, kmsan, kcsan, kfence, ubsan, kmemleak }),
);

function kmsan(facts: Facts): Verdict {
  const head = lineOf(facts, SANITIZERS.kmsan_report);
  const what = (head && saidBy(facts, SANITIZERS.kmsan_report, head).what?.value) ?? 'uninit-value';
  const bytes = said(facts, SANITIZERS.kmsan_report_bytes);
  const access = said(facts, SANITIZERS.kmsan_report_access);
  return {
    kind: 'kmsan',
    severity: 'error',
    naming: {
      title: `KMSAN: ${what} in {f}`,
      alt: ['bad-access in {f}'],
      frames: firstFrames(facts, head?.frame),
      skip: /infoleak/.test(what) ? ['usercopy'] : [],
    },
    extra: {
      ...(head?.frame === undefined ? {} : { at: new Said(head.frame, recordAt(facts.report, head.line)) }),
      details: present({
        accessSize: access?.size,
        address: access?.address,
        firstByte: bytes?.first,
        lastByte: bytes?.last ?? bytes?.first,
        ofBytes: bytes?.total,
        userAddress: said(facts, SANITIZERS.kmsan_report_user)?.userAddress,
      }),
    },
  };
}

function kcsan(facts: Facts): Verdict {
  const head = lineOf(facts, SANITIZERS.print_report);
  const { what, second } = head === undefined ? {} : saidBy(facts, SANITIZERS.print_report, head);
  const both = [head?.frame?.symbol, second?.value].filter((name) => name !== undefined).join(' / ');
  const title = `KCSAN: ${what?.value ?? 'data-race'}${both === '' ? '' : ` in ${both}`}`;
  const value = said(facts, SANITIZERS.print_report_value);
  const accesses = allSaid(facts, SANITIZERS.print_report_access).map(({ access, address, size, byPid, onCpu, interrupt, origin }) => ({
    ...present({ access, address, bytes: size, pid: byPid, by: interrupt, cpu: onCpu, other: origin }),
  }));
  return {
    kind: 'kcsan',
    severity: 'warning',
    naming: {
      title,
      bare: title,
      frames: head?.frame === undefined ? undefined : [head.frame, ...firstFrames(facts, undefined)],
    },
    extra: {
      details: present({ accesses: accesses.length === 0 ? undefined : accesses, valueBefore: value?.before, valueAfter: value?.after }),
    },
  };
}

function kfence(facts: Facts): Verdict {
  const head = lineOf(facts, SANITIZERS.kfence_report_error);
  const { what, access: verb } = head === undefined ? {} : saidBy(facts, SANITIZERS.kfence_report_error, head);
  const name = what?.value ?? 'error';
  const shown = verb === undefined ? name : `${name} ${verb.value}`;
  const access = said(facts, SANITIZERS.kfence_report_error_access);
  const object = said(facts, SANITIZERS.kfence_print_object) ?? said(facts, SANITIZERS.kfence_print_stack);
  const fault = {
    address: access?.address,
    access: accessOf(verb),
    cause: new Said(shown, head === undefined ? [] : recordAt(facts.report, head.line)),
  };
  return {
    kind: 'kfence',
    severity: 'error',
    naming: {
      title: `KFENCE: ${shown} in {f}`,
      alt: [...(verb === undefined ? [] : [`KFENCE: ${name} in {f}`]), 'bad-access in {f}'],
      frames: firstFrames(facts, head?.frame),
    },
    extra: {
      fault,
      ...placeOf(facts, head),
      details: present({
        object: object?.object ?? access?.object,
        objectAddress: object?.first,
        objectSize: object?.size,
        cache: object?.cache,
        offset: access?.bytes,
        side: access?.side,
      }),
    },
  };
}

function ubsan(facts: Facts): Verdict {
  const { what, file, line } = said(facts, UBSAN.ubsan_prologue) ?? {};
  const name = (what?.value ?? 'undefined-behaviour').replace('Undefined behaviour', 'undefined-behaviour');
  return {
    kind: 'ubsan',
    severity: 'warning',
    naming: { title: `UBSAN: ${name} in {f}`, frames: firstFrames(facts, undefined) },
    extra: { details: present({ file, line, message: ubsanMessage(facts) }) },
  };
}

const HANDLERS = Object.values<Line>(UBSAN).filter((row) => row !== UBSAN.ubsan_prologue);
/** What is undefined, in the first sentence of the handler. */
function ubsanMessage(facts: Facts): Said<string> | undefined {
  const node = lineOf(facts, ...HANDLERS);
  return node && saidBy(facts, UBSAN.handle_overflow, node).message?.map((text) => text.slice(0, 200));
}

function kmemleak(facts: Facts): Verdict {
  const object = said(facts, SANITIZERS.print_unreferenced);
  return {
    kind: 'kmemleak',
    severity: 'warning',
    naming: { title: 'memory leak in {f}', frames: firstFrames(facts, undefined) },
    extra: {
      details: present({
        bytes: object?.size,
        address: object?.address,
        ageSeconds: said(facts, SANITIZERS.print_unreferenced_task)?.ageSeconds,
      }),
    },
  };
}
