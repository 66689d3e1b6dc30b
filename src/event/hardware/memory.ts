import { parseHex } from '../../decode/hex.ts';
import type { Severity } from '../event.ts';
import { type Fields, plain, type Rules } from './old-rule.ts';

/** IA32_MCi_STATUS (Intel SDM vol. 3B 15.3.2.2; AMD APM vol. 2 9.3.2.2 has the same bits). */
const BITS = { valid: 63n, overflow: 62n, uncorrected: 61n, enabled: 60n, miscValid: 59n, addressValid: 58n, contextCorrupt: 57n } as const;

/** Simple codes and the classes of compound codes (Intel SDM vol. 3B 15.9.1, 15.9.2): mask, value, name. */
const CODES: readonly (readonly [mask: number, value: number, name: string])[] = [
  [0xffff, 0x0000, 'no error'],
  [0xffff, 0x0001, 'unclassified error'],
  [0xffff, 0x0002, 'microcode ROM parity error'],
  [0xffff, 0x0003, 'external error'],
  [0xffff, 0x0004, 'FRC error'],
  [0xffff, 0x0005, 'internal parity error'],
  [0xffff, 0x0006, 'SMM handler code access violation'],
  [0xffff, 0x0400, 'internal timer error'],
  [0xffff, 0x0e0b, 'I/O error'],
  [0xfc00, 0x0400, 'internal unclassified error'],
  [0xeffc, 0x000c, 'generic cache hierarchy error'],
  [0xeff0, 0x0010, 'TLB error'],
  [0xef80, 0x0080, 'memory controller error'],
  [0xef00, 0x0100, 'cache hierarchy error'],
  [0xe800, 0x0800, 'bus or interconnect error'],
];

function status(fields: Fields): Record<string, string | boolean> {
  const value = parseHex(fields.status ?? '');
  if (value === undefined) return {};
  const bit = (n: bigint) => ((value >> n) & 1n) === 1n;
  const code = Number(value & 0xffffn);
  const name = CODES.find(([mask, want]) => (code & mask) === want)?.[2];
  return {
    uncorrected: bit(BITS.uncorrected),
    overflow: bit(BITS.overflow),
    contextCorrupt: bit(BITS.contextCorrupt),
    errorCode: `0x${code.toString(16)}`,
    ...(name === undefined ? {} : { errorName: name }),
  };
}

const isUncorrected = (f: Fields): boolean =>
  f.uncorrected === 'true' || /^(?:Uncorrected|System Fatal|Deferred|UE|fatal|recoverable)/i.test(f.class ?? f.severity ?? '');
const bySeverity = (f: Fields): Severity => (isUncorrected(f) ? 'error' : f.severity === 'info' ? 'info' : 'warning');
const word = (f: Fields): string => (isUncorrected(f) ? 'Uncorrected' : 'Corrected');

export const MEMORY_RULES: Rules = {
  print_mce: {
    kind: 'hardware-error',
    severity: (f) => (isUncorrected(f) || f.exception !== undefined ? 'error' : 'warning'),
    title: (f) => `Machine check: ${word(f).toLowerCase()} ${f.errorName ?? 'error'} in bank ${f.bank ?? '?'}`,
    fold: ['bank', 'socket', 'errorCode', 'address'],
    derive: status,
  },
  amd_decode_mce: {
    kind: 'hardware-error',
    severity: bySeverity,
    title: (f) => `Machine check: ${word(f).toLowerCase()} error${f.unit === undefined ? '' : ` in ${plain(f.unit)}`}`,
    fold: ['bank', 'unit', 'extended', 'errorCode'],
    derive: status,
  },
  mce_notify_irq: { kind: 'hardware-error', severity: 'warning', title: 'Machine check events logged' },
  mce_panic: {
    kind: 'hardware-error',
    severity: 'error',
    title: (f) => `Machine check: ${plain(f.reason ?? 'no reason given')}`,
    weak: true,
  },
  kill_me_maybe: {
    kind: 'hardware-error',
    severity: 'error',
    title: '{class} hardware memory error in {where}',
    fold: ['address'],
  },
  __ghes_print_estatus: {
    kind: 'hardware-error',
    severity: bySeverity,
    title: (f) =>
      `Hardware error (APEI): ${f.severity === 'info' ? 'informational' : word(f).toLowerCase()} ${plain(f.section ?? 'error').replace(/ ?error$/i, '')} error`.replace(
        '  ',
        ' ',
      ),
    fold: ['source', 'device', 'dimm', 'what', 'node', 'card', 'module', 'rank', 'bank'],
  },
  bert_print_all: {
    kind: 'hardware-error',
    severity: 'error',
    title: 'Hardware error record (BERT) of the previous boot',
    fold: false,
    weak: true,
  },
  cper_estatus_print: {
    kind: 'hardware-error',
    severity: bySeverity,
    title: (f) =>
      `Hardware error (CPER): ${word(f).toLowerCase()} ${plain(f.section ?? 'error').replace(/ ?error$/i, '')} error`.replace('  ', ' '),
  },
  edac_mc_printk: {
    kind: 'hardware-error',
    severity: bySeverity,
    title: (f) => `EDAC: ${word(f).toLowerCase()} memory error${/^\W*$/.test(f.label ?? '') ? '' : ` on ${f.label}`}`,
    fold: ['controller', 'label', 'row', 'channel', 'slot'],
  },
  edac_device_printk: {
    kind: 'hardware-error',
    severity: (f) => (f.class === 'UE' ? 'error' : 'warning'),
    title: (f) =>
      `EDAC: ${f.class === undefined ? 'error' : `${word(f).toLowerCase()} error`} of ${f.name ?? plain(f.controllerName ?? 'a device')}`,
    fold: ['controllerName', 'instance', 'block'],
    unless: (f) => f.class === undefined && !/error|parity|fatal/i.test(f.what ?? ''),
  },
  action_result: {
    kind: 'hardware-error',
    severity: (f) => (/^(?:Recovered|Delayed|Ignored)$/.test(f.result ?? '') && f.result === 'Recovered' ? 'warning' : 'error'),
    title: (f) =>
      f.comm !== undefined
        ? `Memory failure: killed ${f.comm}`
        : `Memory failure: ${f.page === undefined ? plain(f.result ?? 'page poisoned') : `${plain(f.page)}, ${f.result?.toLowerCase() ?? 'unknown'}`}`,
    fold: ['pfn'],
    event: (f) => (f.comm === undefined ? {} : { task: { comm: f.comm, ...(f.pid === undefined ? {} : { pid: Number(f.pid) }) } }),
  },
  machine_check_print_event_info: {
    kind: 'hardware-error',
    severity: (f) => (/not/i.test(f.result ?? '') || /Severe|Fatal/.test(f.level ?? '') ? 'error' : 'warning'),
    title: (f) => `Machine check: ${plain(f.what ?? f.level ?? 'error')}`,
    fold: ['cpu'],
  },
};
