import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { drm, read } from './opens.ts';

const OF = { driver: words, device: words } as const;
const TASK = { comm: aside(words), pid: aside(int) } as const;
const ENGINES = ['rcs', 'bcs', 'vcs', 'vecs', 'ccs'];
const GT = ['GT0: ', 'GT1: ', 'Tile0: GT0: ', 'Tile0: GT1: ', 'Tile1: GT0: ', 'Tile1: GT1: '];
const ofGt = (...texts: readonly string[]): string[] => texts.flatMap((text) => [text, ...GT.map((gt) => `${gt}${text}`)]);

/** Intel's GPUs: drivers/gpu/drm/i915, drivers/gpu/drm/xe. */
export const INTEL_GPU = lines({
  i915_capture_error_state: {
    printer: 'drivers/gpu/drm/i915/i915_gpu_error.c i915_error_state_store()',
    releases: 'the device before it since 5.5; `hang on rcs0` behind it until 5.7',
    examples: [
      'i915 0000:00:02.0: [drm] GPU HANG: ecode 12:1:85dffffb, in java [4711]',
      '[drm] GPU HANG: ecode 9:0:0x85dffffb, in java [4711], reason: hang on rcs0, action: reset',
      'i915 0000:00:02.0: GPU HANG: ecode 12:0:00000000',
    ],
    ...drm('hang', ['GPU HANG: ']),
    reads: read(
      String.raw`GPU HANG: ecode (?<ecode>[^,\s]+), in (?<comm>[^\n]{1,15}?) \[(?<pid>\d+)\](?:, (?:reason: )?(?<reason>[^,]+))?`,
      String.raw`GPU HANG: ecode (?<ecode>[^,\s]+)(?:, (?:reason: )?(?<reason>[^,]+))?`,
      'GPU (?<what>HANG)',
    ),
    fields: { ...OF, ecode: words, ...TASK, reason: words, what: words },
  },
  intel_gt_reset: {
    printer: 'drivers/gpu/drm/i915/gt/intel_reset.c __intel_engine_reset_bh(), intel_gt_reset()',
    releases: 'since 4.13',
    examples: [
      'i915 0000:00:02.0: [drm] Resetting rcs0 for stopped heartbeat on rcs0',
      'i915 0000:00:02.0: Resetting rcs0 for hang on rcs0',
      'i915 0000:00:02.0: [drm] GT0: Resetting chip for stopped heartbeat on rcs0',
    ],
    ...drm('resetting', ofGt('Resetting '), (text) => /Resetting (?:chip|[a-z]+cs\d+(?:'\d+)?) (?:for|after) /.test(text)),
    start: /[^\n]*?Resetting (?:chip|[a-z]+cs\d+) (?:for|after) /,
    reads: read(String.raw`Resetting (?<engine>\w+) (?:for|after) (?<reason>.+)`),
    fields: { ...OF, engine: words, reason: words },
  },
  intel_engine_reset_failed: {
    printer: 'drivers/gpu/drm/i915/gt/intel_reset.c gen8_engine_reset_prepare(), intel_gt_reset(), intel_wedge_me()',
    examples: [
      '[drm:gen8_reset_engines [i915]] *ERROR* rcs0 reset request timed out: {request: 00000001, RESET_CTL: 00000001}',
      'i915 0000:00:02.0: [drm] *ERROR* rcs0 reset request timed out: {request: 00000001, RESET_CTL: 00000001}',
      'i915 0000:00:02.0: GPU recovery timed out, cancelling all in-flight rendering',
      'i915 0000:00:02.0: [drm] *ERROR* GT0: Failed to reset chip',
      'i915 0000:00:02.0: [drm] *ERROR* Failed to initialize GPU, declaring it wedged!',
      'i915 0000:00:02.0: [drm] *ERROR* GT0: GUC: Engine reset failed on 0:0 (rcs0) because 0x00000000',
    ],
    ...drm(
      'failed',
      [
        ...ENGINES,
        ...ofGt(
          'GPU recovery timed out',
          'intel_gt_reset timed out',
          'Failed to reset chip',
          'Failed to initialize GPU, declaring it wedged',
          'GUC: Engine reset failed on ',
        ),
      ],
      (text) =>
        /cs\d+ reset request timed out|timed out, cancelling|Failed to reset chip|declaring it wedged|Engine reset failed on/.test(text),
    ),
    start:
      /[^\n]*?(?:cs\d+ reset request timed out|timed out, cancelling all|Failed to reset chip|declaring it wedged|Engine reset failed on )/,
    reads: read(
      String.raw`(?<engine>[a-z]+cs\d+) (?<failure>reset request timed out)`,
      String.raw`Engine (?<failure>reset failed) on \d+:\d+ \((?<engine>\w+)\)`,
      '(?<failure>GPU recovery timed out|intel_gt_reset timed out)',
      '(?<failure>Failed to reset chip|Failed to initialize GPU)',
    ),
    fields: { ...OF, engine: words, failure: words },
  },
  i915_context_reset: {
    printer: 'drivers/gpu/drm/i915/gt/intel_reset.c client_mark_guilty()',
    releases: '`context reset due to GPU hang` since 4.20',
    examples: [
      'i915 0000:00:02.0: [drm] java[4711] context reset due to GPU hang',
      'Asynchronous wait on fence 0000:00:02.0:java[4711]:9e2 timed out',
    ],
    start: /(?:[^\n]{1,60}: (?:\[drm\] )?)?[^\n]{1,15}?\[\d+\] context reset due to GPU hang|Asynchronous wait on fence /,
    opens: [
      { form: 'resetting', literals: ['i915 '], test: (text) => /\[\d+\] context reset due to GPU hang/.test(text) },
      { form: 'resetting', literals: ['Asynchronous wait on fence '], test: (text) => text.includes(' timed out') },
    ],
    reads: [
      /^(?<driver>i915) (?<device>[0-9a-f:.]+): (?:\[drm\] )?(?<comm>[^\n]{1,15}?)\[(?<pid>\d+)\] (?<reason>context reset due to GPU hang)/,
      /(?<reason>Asynchronous wait on fence) (?:i915-)?(?<device>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]):(?<comm>[^\n]{1,15}?)\[(?<pid>\d+)\]/,
      /(?<reason>Asynchronous wait on fence)/,
    ],
    fields: { ...OF, ...TASK, reason: words },
  },
  xe_timedout_job: {
    printer: 'drivers/gpu/drm/xe/xe_guc_submit.c guc_exec_queue_timedout_job()',
    releases: 'since 6.8',
    examples: [
      'xe 0000:03:00.0: [drm] GT0: Timedout job: seqno=4294967169, lrc_seqno=4294967169, guc_id=4, flags=0x0 in java [4711]',
      'xe 0000:03:00.0: [drm] Timedout job: seqno=4294967169, guc_id=4, flags=0x0',
    ],
    ...drm('hang', ofGt('Timedout job', 'Tile0: GT0: Timedout job')),
    start: /[^\n]*?Timedout job/,
    reads: read(
      String.raw`Timedout (?<what>job).*?guc_id=(?<guc>\d+), flags=(?<flags>0x[0-9a-f]+) in (?<comm>[^\n]{1,15}?) \[(?<pid>\d+)\]`,
      String.raw`Timedout (?<what>job).*?guc_id=(?<guc>\d+)`,
    ),
    fields: { ...OF, what: words, guc: int, flags: hex, ...TASK },
  },
  xe_engine_reset: {
    printer: 'drivers/gpu/drm/xe/xe_guc_submit.c xe_guc_exec_queue_reset_handler(), xe_gt.c gt_reset_worker()',
    releases: 'since 6.8',
    examples: [
      'xe 0000:03:00.0: [drm] GT0: Engine reset: engine_class=rcs, logical_mask: 0x1, guc_id=4, state=0x289',
      'xe 0000:03:00.0: [drm] GT0: reset done',
      'xe 0000:03:00.0: [drm] *ERROR* GT0: reset failed (-ETIMEDOUT)',
      'xe 0000:03:00.0: [drm] *ERROR* GT0: Memory CAT error reported by GuC!',
    ],
    ...drm('resetting', ofGt('Engine reset: ', 'reset done', 'reset failed (', 'Memory CAT error', 'Engine memory CAT error'), (text) =>
      text.startsWith('xe '),
    ),
    start: /xe [^\n]*?(?:Engine reset: |reset done|reset failed \(|[Mm]emory CAT error)/,
    reads: read(
      String.raw`(?<reason>Engine reset): engine_class=(?<engine>\w+)`,
      '(?<reset>reset done)',
      String.raw`(?<failure>reset failed) \((?<error>-?\w+)\)`,
      '(?<reason>[Mm]emory CAT error)',
    ),
    fields: { ...OF, reason: words, engine: words, reset: words, failure: words, error: words },
  },
  xe_device_wedged: {
    printer: 'drivers/gpu/drm/xe/xe_device.c xe_device_declare_wedged()',
    releases: 'since 6.10',
    examples: ['xe 0000:03:00.0: [drm] *ERROR* CRITICAL: Xe has declared device 0000:03:00.0 as wedged.'],
    ...drm('failed', ['CRITICAL: Xe has declared device ']),
    reads: read(String.raw`Xe has declared device [0-9a-f:.]+ as (?<wedged>wedged)`),
    fields: { ...OF, wedged: words },
  },
  flip_done_timed_out: {
    printer: 'drivers/gpu/drm/drm_atomic_helper.c drm_atomic_helper_wait_for_flip_done(), drm_crtc_commit_wait()',
    releases: '`flip_done timed out` since 4.10; the device since 5.13',
    examples: [
      'i915 0000:00:02.0: [drm] *ERROR* [CRTC:98:pipe A] flip_done timed out',
      '[drm:drm_atomic_helper_wait_for_flip_done [drm_kms_helper]] *ERROR* [CRTC:98:pipe A] flip_done timed out',
      'amdgpu 0000:0a:00.0: [drm] *ERROR* [PLANE:55:plane-3] commit wait timed out',
    ],
    ...drm('single', ['[CRTC:', '[PLANE:', '[CONNECTOR:'], (text) => text.endsWith(' timed out')),
    reads: read(String.raw`\[(?:CRTC|PLANE|CONNECTOR):\d+:(?<output>[^\]]+)\] (?<what>[\w ]+) timed out`),
    fields: { ...OF, output: words, what: words },
  },
});
