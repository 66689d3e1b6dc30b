import { KASAN } from '../../../grammars/bug/kasan-lines.ts';
import type { Verdict } from '../facts/base.ts';
import { type Facts, lineOf, placeOf, said, saidBy } from '../facts/facts.ts';
import { present, Said, type SayableDetails } from '../facts/said.ts';
import { accessOf } from '../oops/access.ts';
import { firstFrames } from './first-frames.ts';

/** A bad access or free that KASAN caught. */
export function kasan(facts: Facts): Verdict {
  const head = lineOf(facts, KASAN.print_error_description);
  const named = head && saidBy(facts, KASAN.print_error_description, head);
  const how = said(facts, KASAN.print_error_description_access);
  const cause = (named?.what ?? new Said('unknown', [])).map(syzbotName);
  const what = cause.value;
  const verb = how?.access === undefined || (/free/.test(what) && !/use-after-free/.test(what)) ? '' : ` ${how.access.value}`;
  const fault = { address: how?.address ?? named?.address, access: accessOf(how?.access), cause };
  const short = verb === '' ? what : 'bad-access';
  return {
    kind: 'kasan',
    severity: 'error',
    naming: { title: `KASAN: ${what}${verb} in {f}`, alt: [`${short} in {f}`], frames: firstFrames(facts, head?.frame) },
    extra: {
      fault,
      details: objectDetails(facts),
      ...placeOf(facts, head),
    },
  };
}

/** `double-free or invalid-free` → invalid-free, `user-memory-access`, `use after free` with hyphens. */
const syzbotName = (what: string): string =>
  what
    .replace('double-free or invalid-free', 'invalid-free')
    .replace(/ access$/, '')
    .replaceAll(' ', '-');

/** The object, its cache, where in it or beside it the address lies; else the variable, stack or mapping that it lies in. */
function objectDetails(facts: Facts): SayableDetails | undefined {
  const cache = said(facts, KASAN.describe_object_addr_cache) ?? said(facts, KASAN.object_err_kasan);
  const object = said(facts, KASAN.describe_object_addr) ?? said(facts, KASAN.object_err_kasan);
  const region = said(facts, KASAN.describe_object_addr_region);
  const place = said(facts, KASAN.describe_object_addr_place);
  const tags = said(facts, KASAN.kasan_print_tags);
  return present({
    accessSize: said(facts, KASAN.print_error_description_access)?.size,
    cache: cache?.cache,
    cacheObjectSize: cache?.size,
    region:
      object?.object?.map(() => 'object') ??
      said(facts, KASAN.print_address_description)?.region ??
      said(facts, KASAN.print_address_description_page)?.region,
    objectAddress: region?.low ?? object?.object,
    objectSize: region?.size,
    offset: place?.bytes,
    side: place?.side,
    frameOffset: said(facts, KASAN.print_address_stack_frame)?.offset,
    pointerTag: tags?.pointerTag,
    memoryTag: tags?.memoryTag,
  });
}
