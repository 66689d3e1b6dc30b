import type { LineSpec, Opens } from '../../common/line.ts';
import { anyOf } from '../../common/pattern.ts';
import { escaped } from '../opens.ts';

/** drm_printk(): `[drm] `, `[drm] *ERROR* `, `[drm:function [driver]] *ERROR* `. */
const DRM = String.raw`(?:\[drm(?::[\w.]+(?: \[\w+\])?)?\] )?(?:\*ERROR\* )?(?:amdgpu: )?`;
const TAGS = ['', '[drm] ', '[drm] *ERROR* ', '*ERROR* '];

/** A row of this form whose message begins with one of the texts, behind whatever a graphics driver puts before it. */
export function drm(form: string, texts: readonly string[], test?: (text: string) => boolean): Pick<LineSpec, 'start' | 'opens'> {
  const message = `${DRM}${anyOf(...texts.map(escaped)).source}`;
  const tagged = new RegExp(String.raw`^\[drm[^\]\n]*\]?\] (?:\*ERROR\* )?(?:amdgpu: )?${anyOf(...texts.map(escaped)).source}`);
  const opens: Opens[] = [
    {
      form,
      literals: TAGS.flatMap((tag) => texts.map((text) => `${tag}${text}`)),
      at: 'message',
      ...(test === undefined ? {} : { test }),
    },
    { form, literals: ['[drm:'], test: (text) => tagged.test(text) && (test === undefined || test(text)) },
  ];
  return { start: new RegExp(`(?:[^\\n]{1,96}?: )?${message}`), opens };
}

/** The device that the line begins with: `amdgpu 0000:0a:00.0: `. */
export const DEVICE = String.raw`^(?<driver>[\w-]+) (?<device>[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]): .*?`;
/** `[drm:amdgpu_job_timedout [amdgpu]] `: the module. */
const MODULE = String.raw`^\[drm:[\w.]+ \[(?<driver>\w+)\]\] .*?`;
/** `[drm:radeon_ring_backup] `: where the driver is built in, its functions have its name. */
const FUNCTION = String.raw`^\[drm:(?<driver>amdgpu|radeon|i915)_\w+\] .*?`;
const LEADS = [DEVICE, MODULE, FUNCTION, ''];

/** Patterns of a message, with what its line begins with. */
export const read = (...sources: readonly string[]): RegExp[] =>
  sources.flatMap((source) => LEADS.map((lead) => new RegExp(`${lead}${source}`)));
