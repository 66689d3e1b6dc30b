import { address } from '../../../grammars/common/numbers.ts';
import type { Report } from '../../report/report.ts';
import type { Fault, Frame } from '../event.ts';
import { baseDraft, type Verdict } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { type Facts, gather, headOf, readReport } from '../facts/facts.ts';

/** KASAN, KMSAN, KCSAN, KFENCE, UBSAN, kmemleak. */
export function buildSanitizer(report: Report): Draft | undefined {
  const facts = gather(report, readReport(report));
  const verdict = VERDICTS[report.form.name]?.(facts);
  return verdict === undefined ? undefined : baseDraft(facts, verdict);
}

const VERDICTS: Readonly<Record<string, (facts: Facts) => Verdict | undefined>> = { kasan, kmsan, kcsan, kfence, ubsan, kmemleak };

const access = (word: string | undefined): Fault['access'] | undefined =>
  /^read/i.test(word ?? '') ? 'read' : /^write/i.test(word ?? '') ? 'write' : undefined;

/** Before print_address_description() the head names the function; the trace names it as well, behind the sanitizer's glue. */
const firstFrames = (facts: Facts, named: Frame | undefined): Frame[] => {
  const frames = facts.stacks.filter((s) => s.trace === facts.stacks[0]?.trace).flatMap((s) => s.frames);
  return named === undefined ? frames : [...frames, named];
};

function kasan(facts: Facts): Verdict {
  const head = headOf(facts, 'print_error_description');
  const how = headOf(facts, 'print_access');
  const what = (head?.fields.what ?? 'unknown')
    .replace('double-free or invalid-free', 'invalid-free')
    .replace(/ access$/, '')
    .replaceAll(' ', '-');
  const verb = /free/.test(what) && !/use-after-free/.test(what) ? '' : how?.fields.access === undefined ? '' : ` ${how.fields.access}`;
  const printed = how?.fields.address ?? head?.fields.address;
  const fault: Fault = {};
  if (printed !== undefined) fault.address = printed === 'null' ? '0x0' : address(printed);
  const accessed = access(how?.fields.access);
  if (accessed !== undefined) fault.access = accessed;
  fault.cause = what;
  const details = objectDetails(facts);
  const short = verb === '' ? what : 'bad-access';
  return {
    kind: 'kasan',
    severity: 'error',
    naming: { title: `KASAN: ${what}${verb} in {f}`, alt: [`${short} in {f}`], frames: firstFrames(facts, head?.frame) },
    extra: {
      fault,
      ...(details === undefined ? {} : { details }),
      ...(head?.frame === undefined || facts.at !== undefined ? {} : { at: head.frame }),
    },
  };
}

/** Size, cache and region of the object, as the report says. */
function objectDetails(facts: Facts): Record<string, string | number> | undefined {
  const details: Record<string, string | number> = {};
  for (const { rule, fields } of facts.heads) {
    if (rule === 'print_access' && fields.size !== undefined) details.accessSize = Number(fields.size);
    if (rule !== 'print_address_description_cache') continue;
    if (fields.cache !== undefined) details.cache = fields.cache;
    if (fields.cacheSize !== undefined) details.cacheObjectSize = Number(fields.cacheSize);
    if (fields.region !== undefined) details.region = fields.region.trim();
  }
  return Object.keys(details).length === 0 ? undefined : details;
}

function kmsan(facts: Facts): Verdict {
  const head = headOf(facts, 'kmsan_report');
  const what = head?.fields.what ?? 'uninit-value';
  return {
    kind: 'kmsan',
    severity: 'error',
    naming: {
      title: `KMSAN: ${what} in {f}`,
      alt: ['bad-access in {f}'],
      frames: firstFrames(facts, head?.frame),
      skip: /infoleak/.test(what) ? ['usercopy'] : [],
    },
    extra: head?.frame === undefined ? {} : { at: head.frame },
  };
}

function kcsan(facts: Facts): Verdict {
  const head = headOf(facts, 'kcsan_report');
  const { what = 'data-race', first, second } = head?.fields ?? {};
  const names = [first, second].filter((n) => n !== undefined);
  const both = names.join(' / ');
  return {
    kind: 'kcsan',
    severity: 'warning',
    naming: {
      title: names.length > 0 ? `KCSAN: ${what} in ${both}` : `KCSAN: ${what}`,
      bare: names.length > 0 ? `KCSAN: ${what} in ${both}` : `KCSAN: ${what}`,
      frames: first === undefined ? undefined : [{ symbol: first }, ...firstFrames(facts, undefined)],
    },
  };
}

function kfence(facts: Facts): Verdict {
  const head = headOf(facts, 'kfence_report_error');
  const { what = 'error', access: verb } = head?.fields ?? {};
  const shown = verb === undefined ? what : `${what} ${verb}`;
  const object = headOf(facts, 'kfence_object');
  const fault: Fault = { cause: shown };
  if (object?.fields.address !== undefined) fault.address = address(object.fields.address);
  const accessed = access(verb);
  if (accessed !== undefined) fault.access = accessed;
  return {
    kind: 'kfence',
    severity: 'error',
    naming: {
      title: `KFENCE: ${shown} in {f}`,
      alt: [...(verb === undefined ? [] : [`KFENCE: ${what} in {f}`]), 'bad-access in {f}'],
      frames: firstFrames(facts, head?.frame),
    },
    extra: { fault, ...(head?.frame === undefined || facts.at !== undefined ? {} : { at: head.frame }) },
  };
}

function ubsan(facts: Facts): Verdict {
  const head = headOf(facts, 'ubsan_prologue');
  const what = (head?.fields.what ?? 'undefined-behaviour').replace('Undefined behaviour', 'undefined-behaviour');
  const details: Record<string, string | number> = {};
  if (head?.fields.file !== undefined) details.file = head.fields.file;
  if (head?.fields.line !== undefined) details.line = Number(head.fields.line);
  const message = facts.report.lines[(head?.line ?? 0) + 1]?.text.trim();
  if (message !== undefined && message !== '') details.message = message.slice(0, 200);
  return {
    kind: 'ubsan',
    severity: 'warning',
    naming: { title: `UBSAN: ${what} in {f}`, frames: firstFrames(facts, undefined) },
    extra: { details },
  };
}

function kmemleak(facts: Facts): Verdict {
  const object = headOf(facts, 'print_unreferenced');
  const details: Record<string, string | number> = {};
  if (object?.fields.size !== undefined) details.bytes = Number(object.fields.size);
  return {
    kind: 'kmemleak',
    severity: 'warning',
    naming: { title: 'memory leak in {f}', frames: firstFrames(facts, undefined) },
    extra: { details },
  };
}
