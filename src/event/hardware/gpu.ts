import { AMD_GPU as AMD, RADEON_FIELDS } from '../../../grammars/hardware/gpu/amd-lines.ts';
import { INTEL_GPU as INTEL } from '../../../grammars/hardware/gpu/intel-lines.ts';
import { MOBILE_GPU as MOBILE } from '../../../grammars/hardware/gpu/mobile-lines.ts';
import { NVIDIA_GPU as NVIDIA } from '../../../grammars/hardware/gpu/nvidia-lines.ts';
import type { Fault } from '../event.ts';
import type { Said, Sayable } from '../facts/said.ts';
import { plain } from './plain.ts';
import { type Outcome, rule } from './rule.ts';
import { SOFT_XIDS, XIDS } from './xids.ts';

/** The address that a program on the GPU used. */
function fault({ address, access }: { readonly address?: Said<string>; readonly access?: Said<string> }): { fault?: Sayable<Fault> } {
  if (address === undefined) return {};
  const how = /^write/i.test(access?.value ?? '') ? 'write' : /^read/i.test(access?.value ?? '') ? 'read' : undefined;
  return { fault: how === undefined || access === undefined ? { address } : { address, access: access.map((): 'read' | 'write' => how) } };
}

interface Reset {
  readonly reset?: string;
  readonly failure?: string;
  readonly errno?: number;
}
const failed = ({ failure, errno }: Reset): boolean => failure !== undefined || (errno !== undefined && errno !== 0);
const resetOutcome = (told: Reset): Outcome => (failed(told) ? 'stopped' : told.reset === undefined ? 'reset' : 'recovered');
const RESET = [AMD.amdgpu_device_gpu_recovered, AMD.amdgpu_vram_lost, RADEON_FIELDS.radeon_gpu_soft_reset] as const;
const FAULT = [AMD.amdgpu_fault_process, AMD.amdgpu_fault_address, AMD.amdgpu_fault_status] as const;

/** `i915: rcs0 reset: hang on rcs0`; the program's name is no part of the cause. */
const intel = ({ driver }: { readonly driver?: string }): string => driver ?? 'i915';
const HANG = [
  INTEL.intel_gt_reset,
  INTEL.i915_context_reset,
  INTEL.intel_engine_reset_failed,
  INTEL.xe_engine_reset,
  INTEL.xe_device_wedged,
] as const;
const hangOutcome = ({
  failure,
  reset,
  engine,
  wedged,
}: Reset & { readonly engine?: string; readonly wedged?: string }): Outcome | undefined =>
  wedged !== undefined
    ? 'gone'
    : failure !== undefined
      ? 'stopped'
      : reset !== undefined
        ? 'recovered'
        : engine !== undefined
          ? 'reset'
          : undefined;

const NOUVEAU = [NVIDIA.nouveau_recovery] as const;
const nouveau = (told: { readonly what?: string; readonly reason?: string }): string =>
  `nouveau: ${plain(told.what ?? 'fault')}${told.reason ? ` (${told.reason})` : ''}`;

/** Graphics processors. */
export const GPU_RULES = [
  rule([AMD.amdgpu_page_fault, ...FAULT], { title: 'amdgpu: page fault in {hub}', event: fault }),
  rule([AMD.amdgpu_vm_fault, ...FAULT], { title: '{driver}: GPU fault', event: fault }),
  rule([AMD.amdgpu_job_timedout, AMD.amdgpu_job_process, AMD.amdgpu_ring_reset], {
    severity: ({ recovery }) => (/recovered|succeeded/.test(recovery ?? '') ? 'warning' : 'error'),
    title: ({ ring, recovery }) => `amdgpu: ring ${ring ?? '?'} timeout${recovery === 'soft recovered' ? ', soft recovered' : ''}`,
    fold: ['device'],
    outcome: ({ recovery }) => (/recovered|succeeded/.test(recovery ?? '') ? 'recovered' : undefined),
  }),
  rule([AMD.amdgpu_device_gpu_recover, ...RESET], {
    title: (told) =>
      told.what === 'GPU recovery disabled' ? 'amdgpu: GPU hang, recovery disabled' : `amdgpu: GPU reset${failed(told) ? ' failed' : ''}`,
    outcome: resetOutcome,
  }),
  rule([AMD.radeon_fence_check_lockup, ...RESET], { title: 'radeon: GPU lockup', outcome: resetOutcome }),
  rule([AMD.amdgpu_lost], { title: 'amdgpu: GPU lost from the bus', outcome: 'gone' }),
  rule([AMD.amdgpu_mes_unresponsive], {
    title: ({ what }) =>
      `amdgpu: ${what?.startsWith("I'm") ? 'power controller (SMU) does not answer' : what?.startsWith('queues') ? 'queues not preempted' : (what ?? 'firmware does not answer')}`,
  }),
  rule([AMD.amdgpu_stream], { title: ({ driver, what }) => `${driver ?? 'amdgpu'}: ${what ?? 'error in a command stream'}` }),
  rule([AMD.amdgpu_init_failed], {
    title: ({ what, block, ring }) =>
      `amdgpu: ${what ?? 'initialisation failed'}${block === undefined ? '' : ` of ${block} failed`}${ring === undefined ? '' : ` on ring ${ring}`}`,
  }),
  rule([AMD.amdgpu_ras_errors], {
    severity: (told) => (told.class === 'correctable' ? 'warning' : 'error'),
    title: (told) => `amdgpu: ${(told.class ?? 'hardware').replace('able', 'ed')} memory error in ${told.block ?? 'the GPU'}`,
    fold: ['device', 'block'],
  }),
  rule([INTEL.i915_capture_error_state, ...HANG], { title: 'GPU HANG[ in {comm}]', outcome: hangOutcome }),
  rule([INTEL.xe_timedout_job, ...HANG], { title: 'xe: GPU job timed out[ in {comm}]', outcome: hangOutcome }),
  rule([INTEL.intel_engine_reset_failed, ...HANG], {
    title: (told) => `${intel(told)}: ${plain(told.failure ?? 'reset failed')}`,
    outcome: 'stopped',
  }),
  rule([INTEL.xe_device_wedged], { title: 'xe: GPU wedged', outcome: 'gone' }),
  rule([INTEL.intel_gt_reset, ...HANG], {
    title: (told) => `${intel(told)}: ${told.engine ?? 'GPU'} reset${told.reason === undefined ? '' : `: ${plain(told.reason)}`}`,
    weak: true,
    outcome: hangOutcome,
  }),
  rule([INTEL.xe_engine_reset, ...HANG], {
    severity: ({ reset, reason, failure }) => (reset !== undefined && reason === undefined && failure === undefined ? 'info' : 'error'),
    title: ({ failure, reason, engine }) => `xe: ${failure ?? reason ?? 'GPU reset'}${engine === undefined ? '' : ` of ${engine}`}`,
    weak: true,
    outcome: hangOutcome,
  }),
  rule([INTEL.i915_context_reset], { title: 'GPU HANG[ in {comm}]', weak: true }),
  rule([INTEL.flip_done_timed_out], { severity: 'warning', title: 'Display: {what} timed out', fold: ['device', 'output'] }),
  rule([NVIDIA.nvrm_xid], {
    severity: ({ xid }) => (SOFT_XIDS.has(xid ?? -1) ? 'warning' : 'error'),
    title: ({ xid }) => `NVRM: Xid ${xid ?? '?'}: ${XIDS[xid ?? -1] ?? 'GPU error'}`,
    outcome: ({ xid }) => (xid === 79 ? 'gone' : undefined),
  }),
  rule([NVIDIA.nvrm_gpu], {
    title: ({ what }) => `NVRM: ${plain((what ?? 'GPU lost').replace(/ \(.*$/, ''))}`,
    outcome: ({ what }) => (/fallen off|lost/.test(what ?? '') ? 'gone' : undefined),
    // its other lines about a GPU only name it
    unless: ({ what }) => !/fallen off|lost|fail|error|not responding|locked/i.test(what ?? ''),
  }),
  rule([NVIDIA.nvrm_general], { title: ({ what }) => `NVRM: ${plain(what ?? 'GPU error')}`, fold: ['gpu'] }),
  rule([NVIDIA.nouveau_fault, ...NOUVEAU], { title: 'nouveau: GPU fault[ ({reason})]', event: fault }),
  rule([NVIDIA.nouveau_fifo_error, ...NOUVEAU], { title: nouveau }),
  rule([NVIDIA.nouveau_gr_trap, ...NOUVEAU], { title: nouveau }),
  rule([NVIDIA.nouveau_mmio, ...NOUVEAU], { title: nouveau, severity: 'warning' }),
  rule([NVIDIA.nouveau_idle, ...NOUVEAU], { title: nouveau }),
  rule([MOBILE.msm_recover, MOBILE.msm_offending_task], { title: 'msm: GPU hang' }),
  rule([MOBILE.panfrost_job_timedout], { title: '{driver}: GPU job timed out', fold: ['device'] }),
  rule([MOBILE.panfrost_fault], { title: '{driver}: GPU {what}', event: fault }),
  rule([MOBILE.etnaviv_recover], { title: ({ driver }) => `${driver?.replace(/-gpu$/, '') ?? 'drm'}: GPU hang` }),
];
