import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { drm } from './opens.ts';

const OWNER = String.raw`^(?<driver>[\w-]+) (?<device>[\w.:@-]+?): .*?`;
const read = (...sources: readonly string[]): RegExp[] =>
  sources.flatMap((source) => [new RegExp(`${OWNER}${source}`), new RegExp(source)]);
const OF = { driver: words, device: words } as const;

/** GPUs of systems on a chip: drivers/gpu/drm/{msm,panfrost,panthor,etnaviv,lima,v3d}. */
export const MOBILE_GPU = lines({
  msm_recover: {
    printer: 'drivers/gpu/drm/msm/msm_gpu.c recover_worker(), hangcheck_handler()',
    examples: [
      'msm_dpu ae01000.display-controller: [drm:recover_worker [msm]] *ERROR* 6.3.0.2: hangcheck recover!',
      'adreno 5000000.gpu: [drm:hangcheck_handler [msm]] *ERROR* 6.3.0.2: hangcheck detected gpu lockup rb 0!',
    ],
    start: /[^\n]*?hangcheck (?:recover!|detected gpu lockup)/,
    opens: [
      {
        form: 'mobile',
        literals: ['[drm:recover_worker', '[drm:hangcheck_handler', '*ERROR* '],
        at: 'message',
        test: (text) => text.includes(': hangcheck '),
      },
    ],
    reads: read(String.raw`(?<what>hangcheck (?:recover|detected gpu lockup))(?: rb (?<ring>\d+))?`),
    fields: { ...OF, what: words, ring: int },
  },
  msm_offending_task: {
    printer: 'drivers/gpu/drm/msm/msm_gpu.c recover_worker()',
    examples: ['msm_dpu ae01000.display-controller: [drm:recover_worker [msm]] *ERROR* 6.3.0.2: offending task: java (java -jar xyz)'],
    start: /[^\n]*?: offending task: /,
    opens: [
      {
        form: 'mobile-field',
        literals: ['[drm:recover_worker', '*ERROR* '],
        at: 'message',
        test: (text) => text.includes(': offending task: '),
      },
    ],
    reads: [/offending task: (?<comm>\S.{0,14}?) \(/],
    fields: { comm: aside(words) },
  },
  panfrost_job_timedout: {
    printer: 'drivers/gpu/drm/panfrost/panfrost_job.c panfrost_job_timedout(); panthor_sched.c queue_timedout_job()',
    examples: [
      'panfrost fde60000.gpu: gpu sched timeout, js=1, config=0x7b00, status=0x8, head=0x9f1e580, tail=0x9f1e580, sched_job=00000000a1b2c3d4',
      'panthor fb000000.gpu: [drm] job timeout: pid=4711, comm=java, seqno=12',
    ],
    ...drm('mobile', ['gpu sched timeout, js=', 'job timeout: pid=', 'job timeout']),
    reads: read(
      String.raw`gpu sched (?<what>timeout), js=(?<ring>\d+)(?:, config=0x[0-9a-f]+)?, status=(?<status>0x[0-9a-f]+)`,
      String.raw`(?<what>job timeout): pid=(?<pid>\d+), comm=(?<comm>[^,]+)`,
      '(?<what>job timeout)',
    ),
    fields: { ...OF, what: words, ring: int, status: hex, pid: aside(int), comm: aside(words) },
  },
  panfrost_fault: {
    printer: 'drivers/gpu/drm/panfrost/panfrost_mmu.c panfrost_mmu_irq_handler_thread(); panthor_mmu.c; v3d/v3d_irq.c',
    examples: [
      'panfrost fde60000.gpu: Unhandled Page fault in AS1 at VA 0x0000000000A5B000',
      'panfrost fde60000.gpu: gpu soft reset timed out',
      'v3d fec00000.v3d: MMU error from client L2T (0) at 0xa5b000, pte invalid',
    ],
    ...drm('mobile', ['Unhandled Page fault in AS', 'gpu soft reset timed out', 'gpu hard reset timed out', 'MMU error from client ']),
    reads: read(
      String.raw`Unhandled (?<what>Page fault) in AS(?<space>\d+) at VA (?<address>0x[0-9a-fA-F]+)`,
      '(?<what>gpu (?:soft|hard) reset timed out)',
      String.raw`(?<what>MMU error) from client (?<client>\S+) \(\d+\) at (?<address>0x[0-9a-f]+)`,
    ),
    fields: { ...OF, what: words, space: int, client: words, address: hex },
  },
  etnaviv_recover: {
    printer: 'drivers/gpu/drm/etnaviv/etnaviv_gpu.c etnaviv_gpu_recover_hang(); lima, v3d and vc4 alike',
    examples: [
      'etnaviv-gpu 130000.gpu: recover hung GPU!',
      'v3d fec00000.v3d: [drm] *ERROR* Resetting GPU for hang.',
      '[drm] Resetting GPU for hang.',
    ],
    ...drm('mobile', ['recover hung GPU!', 'Resetting GPU for hang.']),
    reads: read('(?<what>recover hung GPU|Resetting GPU for hang)'),
    fields: { ...OF, what: words },
  },
});
