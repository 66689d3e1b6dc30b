import { running } from '../../support/incident-events.ts';
import { type Case, NEXT, null_, task } from './case.ts';

/** What failing parts lead to, and what somebody did on purpose. */
export const HARDWARE: Readonly<Record<string, Case>> = {
  'device-then-disk': {
    yes: [
      { kind: 'block-error', title: 'a', details: { device: 'sda' } },
      { kind: 'block-error', title: 'b', details: { device: 'sda1' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'block-error', title: 'a', details: { device: 'sda' } },
      { kind: 'block-error', title: 'b', details: { device: 'sdb' } },
    ],
  },
  'machine-check-storm': {
    yes: [
      { kind: 'hardware-error', title: 'EDAC: corrected memory error on DIMM_A1', details: { class: 'CE' } },
      { kind: 'hardware-error', title: 'Storm of corrected machine checks' },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'EDAC: uncorrected memory error on DIMM_A1', details: { class: 'UE' } },
      { kind: 'hardware-error', title: 'Storm of corrected machine checks' },
    ],
  },
  'port-then-disk': {
    yes: [
      { kind: 'block-error', title: 'a', details: { port: 'ata3' } },
      { kind: 'block-error', title: 'b', details: { address: '2:0:0:0', device: 'sdc' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'a', details: { port: 'ata3' } },
      { kind: 'block-error', title: 'b', details: { device: 'nvme0n1' } },
    ],
  },
  'disk-then-filesystem': {
    yes: [
      { kind: 'block-error', details: { device: 'nvme0n1' } },
      { kind: 'filesystem-error', details: { device: 'nvme0n1p2' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'block-error', details: { device: 'nvme0n1' } },
      { kind: 'filesystem-error', details: { device: 'nvme1n1p2' } },
    ],
  },
  'disk-then-hung': {
    yes: [
      { kind: 'block-error', details: { device: 'sda' } },
      { kind: 'hung-task', uptime: 230, details: { seconds: 122 }, ...running('io_schedule', 'f') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', details: { device: 'sda' } },
      { kind: 'hung-task', uptime: 230, details: { seconds: 122 }, ...running('nfs_wait', 'f') },
    ],
  },
  'page-fails-again': {
    yes: [
      { kind: 'hardware-error', title: 'EDAC: corrected memory error', details: { class: 'CE', page: '0x1f2c33a' } },
      { kind: 'hardware-error', title: 'Uncorrected', details: { address: '0x1f2c33a7c0' }, uptime: 3000 },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'EDAC: corrected memory error', details: { class: 'CE', page: '0x1f2c33a' } },
      { kind: 'hardware-error', title: 'Uncorrected', details: { address: '0x1f2c33b7c0' }, uptime: 3000 },
    ],
  },
  'throttled-then-too-hot': {
    yes: [
      { kind: 'hardware-error', title: 'CPU throttled: core temperature above threshold', severity: 'warning' },
      { kind: 'hardware-error', title: 'Critical temperature reached (acpitz)' },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'CPU throttled: core temperature above threshold', severity: 'warning' },
      { kind: 'hardware-error', title: 'Critical temperature reached (acpitz)', uptime: 5000 },
    ],
  },
  'check-then-filesystem': {
    yes: [
      { kind: 'warning', details: { line: 120 }, ...running('btrfs_f [btrfs]') },
      { kind: 'filesystem-error', details: { device: 'vda', function: 'btrfs_f', line: 120 }, records: NEXT, uptime: 100 },
    ],
    confidence: 'high',
    no: [
      { kind: 'warning', details: { line: 120 }, ...running('btrfs_f [btrfs]') },
      { kind: 'filesystem-error', details: { device: 'vda', function: 'btrfs_f', line: 140 }, records: NEXT, uptime: 100 },
    ],
  },
  'error-then-stack': {
    yes: [
      { kind: 'filesystem-error', title: 'F2FS-fs (vda): access invalid blkaddr', details: { device: 'vda' } },
      { kind: 'warning', title: 'stack trace in f', ...running('f'), records: NEXT, uptime: 100 },
    ],
    confidence: 'medium',
    no: [
      { kind: 'filesystem-error', title: 'F2FS-fs (vda): access invalid blkaddr', details: { device: 'vda' } },
      { kind: 'warning', title: 'WARNING in f', ...running('f'), records: NEXT, uptime: 100 },
    ],
  },
  'device-lost': {
    yes: [
      { kind: 'hardware-error', details: { device: '0000:01:00.0' } },
      { kind: 'netdev-watchdog', details: { device: 'eth0', pci: '0000:01:00.0' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', details: { device: '0000:01:00.0' } },
      { kind: 'netdev-watchdog', details: { device: 'eth0' } },
    ],
  },
  'gpu-hang-then-reset': {
    yes: [
      { kind: 'hardware-error', details: { driver: 'amdgpu', ring: 'gfx' } },
      { kind: 'hardware-error', details: { driver: 'amdgpu', device: '0000:0a:00.0' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', details: { driver: 'amdgpu', device: '0000:0b:00.0' } },
      { kind: 'hardware-error', details: { driver: 'amdgpu', device: '0000:0a:00.0' } },
    ],
  },
  'adapter-then-disk': {
    yes: [
      { kind: 'block-error', title: 'UAS: command timed out on sdc', details: { device: 'sdc', address: '6:0:0:0' } },
      { kind: 'block-error', title: 'UAS: device reset start', details: { host: 6 } },
    ],
    confidence: 'high',
    no: [
      { kind: 'block-error', title: 'UAS: command timed out on sdc', details: { device: 'sdc', address: '6:0:0:0' } },
      { kind: 'block-error', title: 'FC remote port timed out (rport-7:0-2)', details: { device: 'rport-7:0-2' } },
    ],
  },
  'adapter-gone-then-disk': {
    yes: [
      {
        kind: 'block-error',
        title: 'hpsa: controller lockup detected',
        details: { driver: 'hpsa', device: '0000:03:00.0', outcome: 'gone' },
      },
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'nvme: Removing', details: { device: 'nvme0', outcome: 'gone' } },
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
    ],
  },
  'disk-gone-then-filesystem': {
    yes: [
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
      { kind: 'filesystem-error', title: 'XFS (sda3): metadata I/O error', details: { device: 'sda3' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'SCSI: Device offlined', details: { address: '0:1:0:0', outcome: 'gone' } },
      { kind: 'filesystem-error', title: 'XFS (nvme0n1p1): metadata I/O error', details: { device: 'nvme0n1p1' } },
    ],
  },
  'card-then-its-disk': {
    yes: [
      { kind: 'block-error', details: { device: 'mmc1' } },
      { kind: 'block-error', details: { device: 'mmcblk1p2' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', details: { device: 'mmc1' } },
      { kind: 'block-error', details: { device: 'mmcblk0' } },
    ],
  },
  'gpu-by-number': {
    yes: [
      { kind: 'hardware-error', title: 'NVRM: Xid 79: GPU has fallen off the bus', details: { device: '0000:3b:00' } },
      { kind: 'hardware-error', title: 'NVRM: Idling display engine timed out', details: { gpu: 0 } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'amdgpu: GPU reset', details: { device: '0000:3b:00.0' } },
      { kind: 'hardware-error', title: 'NVRM: Idling display engine timed out', details: { gpu: 0 } },
    ],
  },
  'pci-then-nvme': {
    yes: [
      { kind: 'hardware-error', details: { driver: 'nvme', device: '0000:41:00.0' } },
      { kind: 'block-error', details: { device: 'nvme2' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', details: { driver: 'pcieport', device: '0000:40:01.1' } },
      { kind: 'block-error', details: { device: 'nvme2' } },
    ],
  },
  'server-then-hung': {
    yes: [
      { kind: 'filesystem-error', title: 'nfs: server not responding', details: { server: 'nas1' } },
      { kind: 'hung-task', task: task(5), ...running('rpc_wait_bit_killable', 'nfs_getattr') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'filesystem-error', title: 'nfs: server not responding', details: { server: 'nas1' } },
      { kind: 'hung-task', task: task(5), ...running('mutex_lock', 'driver_xyz_read') },
    ],
  },
  'unnamed-filesystem': {
    yes: [
      { kind: 'filesystem-error', title: 'CIFS: has not responded', details: { server: 'nas1' } },
      { kind: 'filesystem-error', title: 'CIFS: cifs_mount failed' },
    ],
    confidence: 'medium',
    no: [
      { kind: 'filesystem-error', title: 'CIFS: has not responded', details: { server: 'nas1' } },
      { kind: 'filesystem-error', title: 'CIFS: has not responded', details: { server: 'nas2' } },
    ],
  },
  'pcie-then-nvme': {
    yes: [
      { kind: 'hardware-error', title: 'PCIe port contained by DPC', details: { device: '0000:17:01.0' } },
      { kind: 'block-error', title: 'nvme: frozen state error (nvme4)', details: { device: 'nvme4' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'PCIe port contained by DPC', details: { device: '0000:17:01.0' } },
      { kind: 'block-error', title: 'nvme: I/O timeout on nvme4', details: { device: 'nvme4' } },
    ],
  },
  'port-then-its-error': {
    yes: [
      {
        kind: 'hardware-error',
        title: 'PCIe Bus Error: Corrected, source not read',
        details: { device: '0000:01:00.0', reporter: '0000:00:01.3' },
      },
      { kind: 'hardware-error', title: 'PCIe Bus Error: Corrected, Data Link Layer', details: { device: '0000:00:01.3' } },
    ],
    confidence: 'high',
    no: [
      {
        kind: 'hardware-error',
        title: 'PCIe Bus Error: Corrected, source not read',
        details: { device: '0000:01:00.0', reporter: '0000:00:01.3' },
      },
      { kind: 'hardware-error', title: 'PCIe Bus Error: Corrected, Data Link Layer', details: { device: '0000:00:03.1' } },
    ],
  },
  'machine-check-then-memory': {
    yes: [
      { kind: 'hardware-error', title: 'Machine check: corrected error in Unified Memory Controller' },
      { kind: 'hardware-error', title: 'EDAC: corrected memory error on mc#0csrow#1channel#0' },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'Machine check: corrected error in Load Store Unit' },
      { kind: 'hardware-error', title: 'EDAC: corrected memory error on mc#0csrow#1channel#0' },
    ],
  },
  'iommu-waits-for-device': {
    yes: [
      { kind: 'hardware-error', title: 'IOMMU: Completion-Wait loop timed out' },
      { kind: 'hardware-error', title: 'IOMMU fault: IOTLB_INV_TIMEOUT', details: { device: '0000:0a:00.0' }, records: NEXT },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'IOMMU fault: IO_PAGE_FAULT', details: { device: '0000:0b:00.0' } },
      { kind: 'hardware-error', title: 'IOMMU fault: IOTLB_INV_TIMEOUT', details: { device: '0000:0a:00.0' }, records: NEXT },
    ],
  },
  'acpi-then-method': {
    yes: [
      { kind: 'hardware-error', title: 'ACPI error: AE_NOT_FOUND in A', details: { what: 'AE_NOT_FOUND', object: 'A' } },
      { kind: 'hardware-error', title: 'ACPI error: AE_NOT_FOUND in B', details: { what: 'AE_NOT_FOUND', object: 'B' }, records: NEXT },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'ACPI error: AE_NOT_FOUND in A', details: { what: 'AE_NOT_FOUND', object: 'A' } },
      { kind: 'hardware-error', title: 'ACPI error: AE_TIME in B', details: { what: 'AE_TIME', object: 'B' } },
    ],
  },
  'slab-and-pages': {
    yes: [
      { kind: 'page-allocation-failure', details: { what: 'page' } },
      { kind: 'page-allocation-failure', details: { what: 'slab', cache: 'skbuff_head_cache' }, records: NEXT },
    ],
    confidence: 'medium',
    no: [
      { kind: 'page-allocation-failure', details: { what: 'page' } },
      { kind: 'page-allocation-failure', details: { what: 'page' } },
    ],
  },
  'memory-error-then-page': {
    yes: [
      { kind: 'hardware-error', details: { address: '0x3f1a2b3000' } },
      { kind: 'hardware-error', details: { pfn: '0x3f1a2b3' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', details: { address: '0x3f1a2b3000' } },
      { kind: 'hardware-error', details: { pfn: '0x3f1a2b4' } },
    ],
  },
  'too-hot-then-off': {
    yes: [
      { kind: 'hardware-error', title: 'Critical temperature reached (cpu-thermal)' },
      {
        kind: 'hardware-error',
        title: 'Hardware protection: shutdown (Temperature too high)',
        details: { reason: 'Temperature too high' },
      },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'Critical temperature reached (cpu-thermal)' },
      { kind: 'hardware-error', title: 'Hardware protection: shutdown (Regulator)', details: { reason: 'Regulator' } },
    ],
  },
  'throttled-together': {
    yes: [
      { kind: 'hardware-error', title: 'CPU throttled: core temperature above threshold' },
      { kind: 'hardware-error', title: 'CPU throttled: package temperature above threshold' },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'CPU throttled: core temperature above threshold' },
      { kind: 'hardware-error', title: 'CPU power limit reached' },
    ],
  },
  'waits-for-worker': {
    yes: [
      { kind: 'hung-task', task: { pid: 11, comm: 'jbd2/dm-3-8' }, ...running('jbd2_journal_commit_transaction') },
      { kind: 'hung-task', task: { pid: 48, comm: 'smbd' }, ...running('wait_transaction_locked', 'ext4_dirty_inode') },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hung-task', task: { pid: 11, comm: 'jbd2/dm-3-8' }, ...running('jbd2_journal_commit_transaction') },
      { kind: 'hung-task', task: { pid: 48, comm: 'smbd' }, ...running('nfs_wait_bit_killable', 'nfs_lookup') },
    ],
  },
  'hardware-then-fault': {
    yes: [
      { kind: 'hardware-error', task: { cpu: 3 } },
      { kind: 'paging-fault', task: task(9, 3), uptime: 100.5, ...running('f') },
    ],
    confidence: 'low',
    no: [
      { kind: 'hardware-error', task: { cpu: 3 } },
      { kind: 'paging-fault', task: task(9, 4), uptime: 100.5, ...running('f') },
    ],
  },
  'sysrq-crash': {
    yes: [{ kind: 'sysrq', severity: 'info', details: { key: 'c' } }, null_(9, 'sysrq_handle_crash')],
    confidence: 'high',
    no: [{ kind: 'sysrq', severity: 'info', details: { key: 'c' } }, null_(9, 'another')],
  },
  'nmi-then-lockup': {
    yes: [{ kind: 'nmi' }, { kind: 'hard-lockup', ...running('f') }],
    confidence: 'low',
    no: [{ kind: 'nmi' }, { kind: 'hard-lockup', uptime: 200, ...running('f') }],
  },
  reset: {
    yes: [
      { kind: 'hard-lockup', records: { first: 100, last: 120, count: 20 } },
      { kind: 'reboot', boot: 1, uptime: 0, records: { first: 130, last: 130, count: 1 } },
    ],
    confidence: 'low',
    no: [
      { kind: 'hard-lockup', records: { first: 100, last: 120, count: 20 } },
      { kind: 'reboot', boot: 1, uptime: 0, records: { first: 900, last: 900, count: 1 } },
    ],
  },
};
