import { plain, type Rules } from './old-rule.ts';

/** NVIDIA's list of Xids, as documented for GPU deployments: what each says is broken. */
const XIDS: Readonly<Record<string, string>> = {
  '13': 'graphics engine exception',
  '31': 'GPU memory page fault',
  '32': 'invalid or corrupted push buffer',
  '38': 'driver firmware error',
  '43': 'GPU stopped processing',
  '45': 'preemptive cleanup',
  '48': 'double-bit ECC error',
  '56': 'display engine error',
  '57': 'video memory interface error',
  '61': 'internal microcontroller breakpoint',
  '62': 'internal microcontroller halt',
  '63': 'ECC page retirement or row remapping',
  '64': 'ECC page retirement or row remapper failure',
  '68': 'video processor exception',
  '69': 'graphics engine class error',
  '74': 'NVLink error',
  '79': 'GPU has fallen off the bus',
  '92': 'high single-bit ECC error rate',
  '94': 'contained ECC error',
  '95': 'uncontained ECC error',
  '109': 'context switch timeout',
  '119': 'GSP RPC timeout',
  '120': 'GSP error',
  '154': 'GPU recovery action changed',
};
/** Xids that an application's mistake causes as well. */
const SOFT_XIDS = new Set(['13', '31', '43', '45', '63', '92', '94']);
const HEX_ID = /^[0-9a-f]{4}:/;

export const PLATFORM_RULES: Rules = {
  therm_throt_process: {
    kind: 'hardware-error',
    severity: 'warning',
    title: (f) =>
      /power/.test(f.what ?? '')
        ? `CPU power limit reached`
        : `CPU throttled: ${(f.level ?? 'core').toLowerCase()} temperature above threshold`,
    fold: [],
  },
  thermal_zone_device_critical: {
    kind: 'hardware-error',
    severity: 'error',
    title: 'Critical temperature reached[ ({device})]',
    fold: ['zone', 'device'],
  },
  acpi_error: {
    kind: 'hardware-error',
    severity: 'warning',
    title: (f) =>
      `ACPI error: ${plain(f.what ?? 'unknown')}${f.object === undefined ? '' : ` in ${f.object.replace(/[^\x21-\x7e]/g, '?').slice(0, 80)}`}`,
    fold: [],
  },
  clocksource_watchdog: {
    kind: 'hardware-error',
    severity: 'warning',
    title: 'Clocksource {device} unstable',
    unless: (f) => f.device === undefined,
  },
  mark_tsc_unstable: {
    kind: 'hardware-error',
    severity: 'warning',
    title: (f) => `Clocksource tsc unstable: ${plain(f.reason ?? 'unknown reason')}`,
    // "TSCs unsynchronized" is a choice at boot, not a fault.
    unless: (f) => /^TSCs unsynchronized|^running on|^KVM|^cpufreq/.test(f.reason ?? ''),
  },
  nvrm_xid: {
    kind: 'hardware-error',
    severity: (f) => (SOFT_XIDS.has(f.xid ?? '') ? 'warning' : 'error'),
    title: (f) => `NVRM: Xid ${f.xid ?? '?'}: ${XIDS[f.xid ?? ''] ?? 'GPU error'}`,
    event: (f) => (f.comm === undefined ? {} : { task: { comm: f.comm, ...(f.pid === undefined ? {} : { pid: Number(f.pid) }) } }),
  },
  nvrm_gone: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `NVRM: ${plain(f.what ?? 'GPU lost')}`,
    unless: (f) => !/fallen off|lost|fail|error/i.test(f.what ?? ''),
  },
  amdgpu_job_timedout: { kind: 'hardware-error', severity: 'error', title: 'amdgpu: ring {ring} timeout', fold: ['device'] },
  amdgpu_device_gpu_recover: { kind: 'hardware-error', severity: 'error', title: 'amdgpu: GPU reset' },
  amdgpu_page_fault: { kind: 'hardware-error', severity: 'error', title: 'amdgpu: page fault in {hub}' },
  i915_capture_error_state: {
    kind: 'hardware-error',
    severity: 'error',
    title: 'GPU HANG[ in {comm}]',
    event: (f) => (f.comm === undefined ? {} : { task: { comm: f.comm, ...(f.pid === undefined ? {} : { pid: Number(f.pid) }) } }),
  },
  radeon_fence_check_lockup: { kind: 'hardware-error', severity: 'error', title: 'radeon: GPU lockup' },
  firmware_crash: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `Firmware crash${f.driver === undefined || HEX_ID.test(f.driver) ? '' : ` of ${f.driver.replace(/_?\d+$/, '')}`}`,
    fold: ['driver', 'device'],
  },
  request_firmware: { kind: 'hardware-error', severity: 'warning', title: 'Firmware {firmware} failed to load' },
  xhci_hc_died: { kind: 'hardware-error', severity: 'error', title: 'USB host controller died', fold: ['device'] },
  hub_over_current: { kind: 'hardware-error', severity: 'warning', title: 'USB over-current' },
  load_module: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `Module${f.module === undefined ? '' : ` ${f.module}`} failed to load: ${plain(f.what ?? 'unknown reason')}`,
    fold: [],
  },
};
