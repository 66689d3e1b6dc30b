import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, starts } from '../opens.ts';
import { drm, read } from './opens.ts';

const OF = { driver: words, device: words } as const;
const TASK = { comm: aside(words), pid: aside(int) } as const;
/** amdgpu_vm_get_task_info(): no name and pid 0 where nobody is known. */
const PROCESS = String.raw`process (?<comm>\S[^\n]{0,14}?) pid (?<pid>[1-9]\d*) thread`;

/** AMD's GPUs: drivers/gpu/drm/amd/amdgpu, drivers/gpu/drm/radeon. */
export const AMD_GPU = lines({
  amdgpu_page_fault: {
    printer: 'drivers/gpu/drm/amd/amdgpu/gmc_v9_0.c gmc_v9_0_process_interrupt(); gmc_v10_0.c and later',
    releases: '`VMC page fault` until 4.17, the process on the same line until 5.19',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: [gfxhub0] no-retry page fault (src_id:0 ring:24 vmid:3 pasid:32770, for process java pid 4711 thread java:cs0 pid 4712)',
      'amdgpu 0000:0a:00.0: amdgpu: [mmhub] page fault (src_id:0 ring:24 vmid:3 pasid:32770)',
      'amdgpu 0000:0a:00.0: [gfxhub] VMC page fault (src_id:0 ring:24 vmid:3 pasid:32770)',
    ],
    ...drm('fault', ['[gfxhub', '[mmhub'], (text) => / page fault \(src_id:/.test(text)),
    reads: [
      ...read(
        String.raw`\[(?<hub>\w+)\] (?<what>.*?page fault) \(src_id:\d+ ring:(?<ring>\d+) vmid:(?<vmid>\d+) pasid:(?<pasid>\d+), for ${PROCESS}`,
        String.raw`\[(?<hub>\w+)\] (?<what>.*?page fault) \(src_id:\d+ ring:(?<ring>\d+) vmid:(?<vmid>\d+)(?: pasid:(?<pasid>\d+))?`,
      ),
    ],
    fields: { ...OF, hub: words, what: words, ring: int, vmid: int, pasid: int, ...TASK },
  },
  amdgpu_fault_process: {
    printer: 'drivers/gpu/drm/amd/amdgpu/gmc_v10_0.c gmc_v10_0_process_interrupt()',
    releases: 'a line of its own since 5.20',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu:  in process java pid 4711 thread java:cs0 pid 4712)',
      'amdgpu 0000:0a:00.0: amdgpu:  for process java pid 4711 thread java:cs0 pid 4712',
    ],
    ...says('fault-field', [' in process ', ' for process ', '  for process '], (text) => text.includes(' thread ')),
    start: /[^\n]{1,60}: +(?:in|for) process [^\n]+ pid \d/,
    reads: [new RegExp(PROCESS)],
    fields: TASK,
  },
  amdgpu_fault_address: {
    printer: 'drivers/gpu/drm/amd/amdgpu/gmc_v9_0.c gmc_v9_0_process_interrupt()',
    releases: '`at page 0x… from 27` until 4.19',
    examples: ['amdgpu 0000:0a:00.0: amdgpu:   in page starting at address 0x0000800103a00000 from IH client 0x1b (UTCL2)'],
    ...says('fault-field', ['  in page starting at address ', ' in page starting at address ']),
    start: /[^\n]{1,60}: +in page starting at address /,
    reads: [
      /address (?<address>0x[0-9a-f]+) from (?:IH )?client (?:0x)?(?<client>[0-9a-f]+)(?: \((?<clientName>[^)]+)\))?/,
      /address (?<address>0x[0-9a-f]+)/,
    ],
    fields: { address: hex, client: hex, clientName: words },
  },
  amdgpu_fault_status: {
    printer: 'drivers/gpu/drm/amd/amdgpu/gfxhub_v2_0.c gfxhub_v2_0_print_l2_protection_fault_status() and its like',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: GCVM_L2_PROTECTION_FAULT_STATUS:0x00301031',
      'amdgpu 0000:0a:00.0: amdgpu: \t Faulty UTCL2 client ID: TCP (0x8)',
      'amdgpu 0000:0a:00.0:   VM_CONTEXT1_PROTECTION_FAULT_ADDR   0x00101CC9',
    ],
    ...says('fault-field', [
      ...['GCVM_L2_PROTECTION_FAULT_STATUS', 'MMVM_L2_PROTECTION_FAULT_STATUS', 'VM_L2_PROTECTION_FAULT_STATUS'],
      ...['\t Faulty UTCL2 client ID: ', '  VM_CONTEXT1_PROTECTION_FAULT_ADDR', '  VM_CONTEXT1_PROTECTION_FAULT_STATUS'],
    ]),
    start: /[^\n]{1,60}: \s*(?:\w*VM_L2_PROTECTION_FAULT_STATUS|Faulty UTCL2 client|VM_CONTEXT1_PROTECTION_FAULT)/,
    reads: [/FAULT_STATUS[: ]*(?<status>0x[0-9a-fA-F]+)/, /client ID: (?<faultyClient>\S+)/, /FAULT_ADDR +(?<page>0x[0-9a-fA-F]+)/],
    fields: { status: hex, faultyClient: words, page: hex },
  },
  amdgpu_vm_fault: {
    printer: 'drivers/gpu/drm/amd/amdgpu/gmc_v8_0.c gmc_v8_0_process_interrupt(); radeon/cik.c, si.c',
    examples: [
      'amdgpu 0000:0a:00.0: GPU fault detected: 147 0x0a304802 for process java pid 4711 thread java:cs0 pid 4712',
      'radeon 0000:0a:00.0: GPU fault detected: 146 0x0c035014',
    ],
    ...drm('fault', ['GPU fault detected: ']),
    reads: read(
      String.raw`GPU fault detected: (?<source>\d+) (?<data>0x[0-9a-f]+) for ${PROCESS}`,
      String.raw`GPU fault detected: (?<source>\d+) (?<data>0x[0-9a-f]+)`,
    ),
    fields: { ...OF, source: int, data: hex, ...TASK },
  },
  amdgpu_job_timedout: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_job.c amdgpu_job_timedout()',
    releases: '`last signaled seq` until 4.17; the device since 6.9',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: ring gfx_0.0.0 timeout, signaled seq=32, emitted seq=34',
      '[drm:amdgpu_job_timedout [amdgpu]] *ERROR* ring gfx timeout, signaled seq=32, emitted seq=34',
      'amdgpu 0000:0a:00.0: amdgpu: ring sdma0 timeout, but soft recovered',
    ],
    ...drm('timeout', ['ring '], (text) => / ring [\w.]+ timeout(?:,|$)/.test(` ${text}`)),
    start: /[^\n]*?ring [\w.]+ timeout(?:,|$)/,
    reads: read(
      String.raw`ring (?<ring>[\w.]+) timeout, (?:last )?signaled seq=(?<signaled>\d+), (?:last )?emitted seq=(?<emitted>\d+)`,
      String.raw`ring (?<ring>[\w.]+) timeout, but (?<recovery>soft recovered)`,
      String.raw`ring (?<ring>[\w.]+) timeout`,
    ),
    fields: { ...OF, ring: words, signaled: int, emitted: int, recovery: words },
  },
  amdgpu_job_process: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_job.c amdgpu_job_timedout()',
    releases: 'since 4.19',
    examples: [
      '[drm:amdgpu_job_timedout [amdgpu]] *ERROR* Process information: process java pid 4711 thread java:cs0 pid 4712',
      'amdgpu 0000:0a:00.0: amdgpu:  Process java pid 4711 thread java:cs0 pid 4712',
    ],
    ...drm('timeout-field', ['Process information: process ', ' Process ', 'Process '], (text) => / pid \d+ thread /.test(text)),
    start: /[^\n]*?(?:Process information: process| Process) [^\n]+ pid \d+ thread /,
    reads: [new RegExp(PROCESS.replace('process', '(?:process|Process)'))],
    fields: TASK,
  },
  amdgpu_ring_reset: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_job.c amdgpu_job_timedout()',
    releases: 'since 6.11',
    examples: ['amdgpu 0000:0a:00.0: amdgpu: Ring gfx_0.0.0 reset succeeded', 'amdgpu 0000:0a:00.0: amdgpu: Ring gfx_0.0.0 reset failed'],
    ...drm('timeout-field', ['Ring '], (text) => /Ring \S+ reset (?:succeeded|failed|failure)/i.test(text)),
    start: /[^\n]*?Ring \S+ reset (?:succeeded|fail)/,
    reads: [/Ring \S+ (?<recovery>reset (?:succeeded|fail\w+))/],
    fields: { recovery: words },
  },
  amdgpu_device_gpu_recover: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_device.c amdgpu_device_gpu_recover()',
    releases: 'who asked for it since 7.0',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: GPU reset begin!',
      'amdgpu 0000:0a:00.0: amdgpu: GPU reset begin!. Source:  1',
      '[drm] GPU recovery disabled.',
    ],
    ...drm('reset', ['GPU reset begin!', 'GPU recovery disabled.', 'GPU link reset begin!']),
    reads: read(String.raw`(?<what>GPU (?:link )?reset begin|GPU recovery disabled)`),
    fields: { ...OF, what: words },
  },
  amdgpu_device_gpu_recovered: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_device.c amdgpu_device_gpu_recover(); amdgpu_job.c',
    releases: '`GPU reset failed` until 4.17',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: GPU reset(2) succeeded!',
      'amdgpu 0000:0a:00.0: amdgpu: GPU reset succeeded, trying to resume',
      'amdgpu 0000:0a:00.0: amdgpu: GPU reset(2) failed',
      'amdgpu 0000:0a:00.0: amdgpu: GPU reset end with ret = -110',
      '[drm:amdgpu_job_timedout [amdgpu]] *ERROR* GPU Recovery Failed: -110',
      'amdgpu 0000:0a:00.0: amdgpu: GPU mode1 reset failed',
    ],
    ...drm('reset-field', [
      ...['GPU reset succeeded', 'GPU reset failed', 'GPU reset(', 'GPU reset end with ret', 'GPU Recovery Failed', 'GPU recovery failed'],
      ...['GPU mode1 reset failed', 'GPU link reset failed', 'ASIC reset failed'],
    ]),
    reads: [
      /GPU (?<reset>reset succeeded, trying to resume)/,
      /GPU (?<reset>reset\(\d+\) succeeded)/,
      /(?:GPU|ASIC) (?:mode1 |link )?reset(?:\(\d+\))? (?<failure>failed)(?: with error,? (?<errno>-?\d+))?/,
      /GPU reset end with ret = (?<errno>-?\d+)/,
      /GPU [Rr]ecovery (?<failure>[Ff]ailed): (?<errno>-?\d+)/,
    ],
    fields: { reset: words, failure: words, errno: int },
  },
  amdgpu_vram_lost: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_device.c amdgpu_do_asic_reset()',
    examples: ['[drm] VRAM is lost due to GPU reset!', 'amdgpu 0000:0a:00.0: amdgpu: VRAM is lost due to GPU reset!'],
    ...drm('reset-field', ['VRAM is lost due to GPU reset!', 'VRAM is lost!']),
    reads: [/(?<vram>VRAM is lost)/],
    fields: { vram: words },
  },
  amdgpu_lost: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_device.c amdgpu_device_gpu_recover()',
    releases: 'since 6.3',
    examples: ['amdgpu 0000:0a:00.0: amdgpu: device lost from bus!'],
    ...drm('single', ['device lost from bus!']),
    reads: read('(?<what>device lost from bus)'),
    fields: { ...OF, what: words },
  },
  amdgpu_mes_unresponsive: {
    printer:
      'drivers/gpu/drm/amd/amdgpu/mes_v11_0.c mes_v11_0_submit_pkt_and_poll_completion(); pm/swsmu/smu_cmn.c; amdkfd/kfd_device_queue_manager.c',
    examples: [
      'amdgpu 0000:0a:00.0: amdgpu: MES failed to respond to msg=REMOVE_QUEUE',
      '[drm:mes_v11_0_submit_pkt_and_poll_completion.constprop.0 [amdgpu]] *ERROR* MES failed to response msg=3',
      'amdgpu 0000:0a:00.0: amdgpu: MES might be in unrecoverable state, issue a GPU reset',
      'amdgpu: qcm fence wait loop timeout expired',
      'amdgpu: The cp might be in an unrecoverable state due to an unsuccessful queues preemption',
      "amdgpu 0000:0a:00.0: amdgpu: SMU: I'm not done with your previous command: SMN_C2PMSG_66:0x00000006",
    ],
    ...drm('single', [
      'MES failed to respon',
      'MES might be in unrecoverable state',
      'qcm fence wait loop timeout expired',
      'The cp might be in an unrecoverable state',
      "SMU: I'm not done with your previous command",
    ]),
    reads: read(
      String.raw`(?<what>MES failed to respon(?:d|se))(?: to)? msg=(?<message>\w+)`,
      '(?<what>MES might be in unrecoverable state|qcm fence wait loop timeout expired|queues preemption)',
      "SMU: (?<what>I'm not done with your previous command)",
    ),
    fields: { ...OF, what: words, message: words },
  },
  amdgpu_stream: {
    printer:
      'drivers/gpu/drm/amd/amdgpu/gfx_v*.c gfx_v10_0_priv_reg_irq(), gfx_v10_0_priv_inst_irq(); display/amdgpu_dm/amdgpu_dm.c amdgpu_dm_commit_planes(); radeon/cik.c',
    releases: 'the fences in 5.10 and 6.1, no longer in 6.12',
    examples: [
      '[drm:gfx_v9_0_priv_reg_irq [amdgpu]] *ERROR* Illegal register access in command stream',
      '[drm:amdgpu_dm_commit_planes [amdgpu]] *ERROR* Waiting for fences timed out!',
    ],
    ...drm('single', [
      'Illegal register access in command stream',
      'Illegal instruction in command stream',
      'Waiting for fences timed out',
    ]),
    reads: read('(?<what>Illegal (?:register access|instruction) in command stream|Waiting for fences timed out)'),
    fields: { ...OF, what: words },
  },
  amdgpu_init_failed: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_device.c amdgpu_device_ip_init(), amdgpu_ring.c amdgpu_ring_test_helper()',
    examples: [
      '[drm:amdgpu_device_init.cold [amdgpu]] *ERROR* hw_init of IP block <gfx_v10_0> failed -110',
      '[drm:amdgpu_ring_test_helper [amdgpu]] *ERROR* ring kiq_0.2.1.0 test failed (-110)',
      'amdgpu 0000:0a:00.0: amdgpu: Fatal error during GPU init',
    ],
    ...drm('single', ['hw_init of IP block <', 'resume of IP block <', 'Fatal error during GPU init', 'ring '], (text) =>
      /IP block <\w+> failed|Fatal error during GPU init|ring \S+ test failed/.test(text),
    ),
    start: /[^\n]*?(?:(?:hw_init|resume) of IP block <|Fatal error during GPU init|ring \S+ test failed)/,
    reads: read(
      String.raw`(?<what>hw_init|resume) of IP block <(?<block>\w+)> failed (?<errno>-\d+)`,
      String.raw`(?<what>Fatal error during GPU init)`,
      String.raw`ring (?<ring>\S+) (?<what>test failed) \((?<errno>-\d+)\)`,
    ),
    fields: { ...OF, what: words, block: words, ring: words, errno: int },
  },
  amdgpu_ras_errors: {
    printer: 'drivers/gpu/drm/amd/amdgpu/amdgpu_ras.c amdgpu_ras_error_print_error_data()',
    releases: '`new` and `in total` since 6.7, the socket and die since 5.15',
    examples: [
      'amdgpu 0000:c1:00.0: amdgpu: socket: 0, die: 0 2 new uncorrectable hardware errors detected in umc block',
      'amdgpu 0000:c1:00.0: amdgpu: 3 correctable hardware errors detected in umc block, no user action is needed.',
    ],
    start: /[^\n]{1,80}? (?:un)?correctable hardware errors detected/,
    opens: [
      {
        form: 'single',
        literals: ['socket: ', 'amdgpu: '],
        at: 'message',
        test: (text) => /: (?:socket: \d+,? .*)?\d+ (?:new )?(?:un)?correctable hardware errors detected in \w+ block/.test(text),
      },
    ],
    reads: read(String.raw`(?<errors>\d+) (?:new )?(?<class>(?:un)?correctable) hardware errors detected in (?<block>\w+) block`),
    fields: { ...OF, errors: int, class: words, block: words },
  },
  radeon_fence_check_lockup: {
    printer: 'drivers/gpu/drm/radeon/radeon_fence.c radeon_fence_check_lockup()',
    releases: 'radeon_ring_test_lockup() says how long; `last fence id … on ring` since 3.13',
    examples: [
      'radeon 0000:0a:00.0: GPU lockup (current fence id 0x000000000000b9e3 last fence id 0x000000000000ba2f on ring 0)',
      'radeon 0000:0a:00.0: GPU lockup CP stall for more than 10000msec',
      'radeon 0000:0a:00.0: ring 0 stalled for more than 10240msec',
    ],
    ...drm('lockup', ['GPU lockup ', 'ring '], (text) => /GPU lockup (?:\(|CP )|ring \d+ stalled for more than/.test(text)),
    start: /[^\n]{1,60}: (?:GPU lockup (?:\(|CP )|ring \d+ stalled for more than)/,
    reads: read(
      String.raw`GPU lockup .*?on ring (?<ring>\d+)`,
      String.raw`GPU (?<what>lockup)`,
      String.raw`ring (?<ring>\d+) stalled for more than (?<ms>\d+)msec`,
    ),
    fields: { ...OF, ring: int, what: words, ms: int },
  },
});

/** A frame buffer of radeon that is reset says so before it is done. */
export const RADEON_FIELDS = lines({
  radeon_gpu_soft_reset: {
    printer: 'drivers/gpu/drm/radeon/ni.c cayman_gpu_soft_reset() and its like',
    examples: ['radeon 0000:0a:00.0: GPU softreset: 0x00000008'],
    ...starts('reset-field', ['radeon '], (text) => text.includes(': GPU softreset: ')),
    start: /radeon \S+: GPU softreset: /,
    reads: [/GPU softreset: (?<mask>0x[0-9a-fA-F]+)/],
    fields: { mask: hex },
  },
});
