import type { Case } from './case.ts';

/** What hangs on a bus and fails with it. */
export const BUSES: Readonly<Record<string, Case>> = {
  'slot-then-device': {
    yes: [
      { kind: 'hardware-error', title: 'PCIe hotplug: link down in slot 3', details: { device: '0000:16:00.0' } },
      { kind: 'block-error', title: 'nvme: controller is down (nvme4)', details: { device: 'nvme4', csts: '0xffffffff' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'PCIe hotplug: link down in slot 3', details: { device: '0000:16:00.0' } },
      { kind: 'block-error', title: 'nvme: controller is down (nvme4)', details: { device: 'nvme4', csts: '0x3' } },
    ],
  },
  'port-and-what-it-cut-off': {
    yes: [
      { kind: 'hardware-error', title: 'PCIe port contained by DPC', details: { device: '0000:40:01.1', source: '0000:41:00.0' } },
      { kind: 'hardware-error', title: 'Firmware crash of mlx5_core', details: { device: '0000:41:00.0' } },
    ],
    confidence: 'high',
    no: [
      { kind: 'hardware-error', title: 'PCIe port contained by DPC', details: { device: '0000:40:01.1', source: '0000:41:00.0' } },
      { kind: 'hardware-error', title: 'Firmware crash of mlx5_core', details: { device: '0000:42:00.0' } },
    ],
  },
  'usb-then-disk': {
    yes: [
      { kind: 'hardware-error', title: 'USB device 2-1: device not accepting address', details: { device: '2-1' } },
      { kind: 'block-error', title: 'SCSI error on sdg', details: { address: '6:0:0:0', device: 'sdg', host: 'DID_NO_CONNECT' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'hardware-error', title: 'USB device 2-1: device not accepting address', details: { device: '2-1' } },
      { kind: 'block-error', title: 'SCSI error on sdg', details: { address: '6:0:0:0', device: 'sdg', host: 'DID_OK' } },
    ],
  },
  'controller-then-disk': {
    yes: [
      { kind: 'block-error', title: 'mpt3sas: log info, originator PL', details: { device: 'mpt3sas_cm0' } },
      { kind: 'block-error', title: 'SCSI: attempting task abort', details: { address: '0:0:5:0' } },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'mpt3sas: log info, originator PL', details: { device: 'mpt3sas_cm0' } },
      { kind: 'block-error', title: 'nvme: I/O timeout', details: { device: 'nvme0' } },
    ],
  },
  'array-loses-members': {
    yes: [
      { kind: 'block-error', title: 'a', details: { device: 'md127', member: 'sdc1', outcome: 'degraded' } },
      { kind: 'block-error', title: 'b', details: { device: 'md127', member: 'sdd1', outcome: 'degraded' }, uptime: 90_000 },
    ],
    confidence: 'medium',
    no: [
      { kind: 'block-error', title: 'a', details: { device: 'md127', member: 'sdc1', outcome: 'degraded' } },
      { kind: 'block-error', title: 'b', details: { device: 'md126', member: 'sdd1', outcome: 'degraded' } },
    ],
  },
};
