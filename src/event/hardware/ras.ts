import { AMD } from '../../../grammars/hardware/ras/amd-lines.ts';
import { CPER } from '../../../grammars/hardware/ras/cper-lines.ts';
import { EDAC } from '../../../grammars/hardware/ras/edac-lines.ts';
import { GHES } from '../../../grammars/hardware/ras/ghes-lines.ts';
import { MCE } from '../../../grammars/hardware/ras/mce-lines.ts';
import { MEMORY } from '../../../grammars/hardware/ras/memory-lines.ts';
import type { Severity } from '../kinds.ts';
import { MACHINE_CHECK_STATUS } from './machine-check-status.ts';
import { plain } from './plain.ts';
import { rule } from './rule.ts';

/** How bad it was; each printer has its own words. */
interface Class {
  readonly class?: string;
  readonly severity?: string;
  readonly sectionSeverity?: string;
  readonly uncorrected?: boolean;
}
const isUncorrected = ({ class: said, severity, sectionSeverity, uncorrected }: Class): boolean =>
  uncorrected === true || /^(?:Uncorr|System Fatal|Deferred|UE|fatal|recoverable)/i.test(said ?? severity ?? sectionSeverity ?? '');
const bySeverity = (told: Class): Severity => (isUncorrected(told) ? 'error' : told.severity === 'info' ? 'info' : 'warning');
const word = (told: Class): string => (isUncorrected(told) ? 'uncorrected' : 'corrected');

/** `Hardware error (APEI): corrected memory error`. */
const ofFirmware = (source: string) => (told: Class & { readonly section?: string }) => {
  const class_ = told.severity === 'info' ? 'informational' : word(told);
  const section = plain((told.section ?? '').replace(/^unknown.*/, '')).replace(/ ?error$/i, '');
  return `Hardware error (${source}): ${class_}${section === '' ? '' : ` ${section}`} error`;
};

/** The lines of a record in CPER's form. */
const SECTIONS = [
  GHES.cper_estatus_print,
  GHES.cper_estatus_print_section,
  GHES.cper_section_type,
  GHES.cper_print_fru,
  GHES.cper_print_tstamp,
  ...Object.values(CPER),
] as const;
const PLACE = ['source', 'device', 'dimm', 'fru', 'what', 'node', 'card', 'module', 'rank', 'bank'] as const;

const MACHINE_CHECK = [MCE.print_mce_rip, MCE.print_mce_tsc, MCE.print_mce_processor, MCE.mce_panic] as const;
const AMD_LINES = [
  AMD.amd_decode_mce,
  AMD.amd_decode_address,
  AMD.amd_decode_ipid,
  AMD.decode_smca_error,
  AMD.amd_decode_unit,
  AMD.amd_decode_err_code,
] as const;

const POISON = [MEMORY.action_result, MEMORY.kill_proc, MEMORY.memory_failure] as const;
const poison = (told: { readonly comm?: string; readonly page?: string; readonly result?: string; readonly said?: string }): string => {
  if (told.comm !== undefined) return `Memory failure: killed ${told.comm}`;
  if (told.page !== undefined) return `Memory failure: ${plain(told.page)}, ${told.result?.toLowerCase() ?? 'not recovered'}`;
  return `Memory failure: ${plain(told.said ?? 'page poisoned')}`;
};

const edac = (told: Class & { readonly label?: string }): string =>
  `EDAC: ${word(told)} memory error${/^\W*$/.test(told.label ?? '') ? '' : ` on ${told.label}`}`;
const power = (told: { readonly what?: string; readonly level?: string }): string =>
  `Machine check: ${plain(told.what ?? `${told.level?.toLowerCase() ?? ''} error`)}`;
const powerSeverity = ({ level, result }: { readonly level?: string; readonly result?: string }): Severity =>
  /not/i.test(result ?? '') || /Severe|Fatal/.test(level ?? '') ? 'error' : 'warning';

/** Machine checks, memory errors, and what the firmware tells of the hardware. */
export const RAS_RULES = [
  rule([MCE.print_mce, ...MACHINE_CHECK], {
    derive: MACHINE_CHECK_STATUS,
    severity: (told) => (told.uncorrected || told.exception !== undefined ? 'error' : 'warning'),
    title: (told) => `Machine check: ${word(told)} ${told.errorName ?? 'error'}${told.bank === undefined ? '' : ` in bank ${told.bank}`}`,
    fold: ['bank', 'socket', 'errorCode', 'address'],
  }),
  rule([AMD.decode_error_status, ...AMD_LINES], {
    derive: MACHINE_CHECK_STATUS,
    severity: bySeverity,
    title: (told) => `Machine check: ${word(told)} error${told.unit === undefined ? '' : ` in ${plain(told.unit)}`}`,
    fold: ['bank', 'unit', 'extended', 'errorCode'],
  }),
  rule([MCE.mce_panic], { title: (told) => `Machine check: ${plain(told.reason ?? 'no reason given')}`, weak: true }),
  rule([MCE.mce_notify_irq, MCE.print_mce, ...MACHINE_CHECK], {
    severity: 'warning',
    title: 'Machine check events logged',
    weak: true,
  }),
  rule([MCE.kill_me_maybe], { title: '{class} hardware memory error in {where}', fold: ['address'] }),
  rule([MCE.kill_me_never], { title: 'Kernel accessed poisoned memory of user space', fold: ['address'] }),
  rule([MCE.memory_error_not_recovered], { title: 'Memory error not recovered' }),
  rule([MCE.memory_failure_ignored], { title: 'Uncorrected memory error ignored', fold: ['pfn'] }),
  rule([MCE.s390_do_machine_check], {
    title: ({ what }) => `Machine check: ${what?.startsWith('System') ? 'machine stopped' : 'task terminated'}`,
    severity: ({ what }) => (what?.startsWith('System') ? 'fatal' : 'error'),
    fold: ['code'],
  }),
  rule([MCE.mce_timed_out], { title: 'CPUs do not respond to a machine check' }),
  rule([MCE.cmci_storm], { severity: 'warning', title: 'Storm of corrected machine checks', fold: ['bank'] }),
  rule([MCE.pentium_machine_check], { title: 'Machine check exception', fold: ['cpu'] }),
  rule([MCE.unexpected_machine_check], { title: 'Machine check without a handler', fold: ['cpu'] }),
  rule([GHES.__ghes_print_estatus, ...SECTIONS], { severity: bySeverity, title: ofFirmware('APEI'), fold: PLACE }),
  rule([GHES.cper_estatus_print, ...SECTIONS], { severity: bySeverity, title: ofFirmware('CPER'), weak: true, fold: false }),
  rule([GHES.cper_estatus_print_section, ...SECTIONS], { severity: bySeverity, title: ofFirmware('CPER'), weak: true, fold: false }),
  rule([GHES.ghes_do_recovery], { title: 'Hardware error (APEI): {what}' }),
  rule([GHES.bert_print_all, ...SECTIONS], {
    title: (told) => ofFirmware('BERT')(told).replace('error (BERT)', 'error of the previous boot (BERT)'),
    weak: true,
    fold: false,
  }),
  rule([EDAC.edac_mc_printk], { severity: bySeverity, title: edac, fold: ['controller', 'label', 'row', 'channel', 'slot'] }),
  rule([EDAC.edac_mc_handle_ce], { severity: bySeverity, title: edac, fold: ['controller', 'label', 'row', 'channel'] }),
  rule([EDAC.edac_mc_chipset_printk], { severity: bySeverity, title: edac, fold: ['controller', 'rank', 'bank'] }),
  rule([EDAC.edac_chipset_mce, EDAC.edac_chipset_tsc, EDAC.edac_chipset], {
    derive: MACHINE_CHECK_STATUS,
    severity: bySeverity,
    title: (told) => `EDAC: ${word(told)} ${told.errorName ?? 'error'}`,
    weak: true,
    fold: ['bank', 'socket', 'errorCode', 'address'],
  }),
  rule([EDAC.edac_device_printk], {
    severity: (told) => (told.class === 'UE' ? 'error' : 'warning'),
    title: (told) => `EDAC: ${word(told)} error of ${told.name ?? plain(told.controllerName ?? 'a device')}`,
    fold: ['controllerName', 'instance', 'block'],
  }),
  rule([EDAC.edac_pci_dev_parity_test], { title: 'EDAC: PCI {what}' }),
  rule([EDAC.edac_pci_handle_pe], { title: 'EDAC: PCI error', fold: ['controllerName', 'what'] }),
  rule(POISON, {
    severity: (told) => (told.comm === undefined && told.result === 'Recovered' ? 'warning' : 'error'),
    title: poison,
    fold: ['pfn'],
  }),
  // that many corrected errors in one page end its use before there is one that cannot be corrected
  rule([MEMORY.cec_add_elem], { severity: 'warning', title: 'Page with repeated corrected errors taken out of use', fold: [] }),
  rule([MEMORY.do_sigbus], { title: 'Memory failure: process killed', fold: ['comm', 'pid'] }),
  rule([MEMORY.kill_proc, MEMORY.action_result, MEMORY.memory_failure], { title: poison, fold: ['pfn'] }),
  rule([MEMORY.memory_failure, MEMORY.action_result, MEMORY.kill_proc], { severity: 'warning', title: poison, weak: true, fold: ['pfn'] }),
  rule([MEMORY.machine_check_print_event_info, MEMORY.machine_check_print_nip, MEMORY.machine_check_print_cause], {
    severity: powerSeverity,
    title: power,
    fold: ['cpu'],
  }),
  rule([MEMORY.machine_check_interrupt, MEMORY.machine_check_interrupt_field], { severity: powerSeverity, title: power, fold: ['what'] }),
];
