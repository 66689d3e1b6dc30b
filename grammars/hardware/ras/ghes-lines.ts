import { aside, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says } from '../opens.ts';
import { tagged } from './opens.ts';

const ENTRIES = { grammar: 'ras', name: 'entries', mode: 'entries' } as const;

/** Records that the firmware hands over (ACPI's APEI): whose they are, how bad, and what each section is about. */
export const GHES = lines({
  __ghes_print_estatus: {
    printer: 'drivers/acpi/apei/ghes.c __ghes_print_estatus()',
    releases: '`APEI generic hardware error status` until 3.10',
    examples: [
      '{2}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 4',
      '{2}[Hardware Error]: APEI generic hardware error status',
    ],
    ...tagged('record', 'Hardware error from APEI', 'APEI generic hardware error'),
    reads: [/Source: (?<source>\d+)/, /APEI/],
    fields: { source: int },
  },
  ghes_do_recovery: {
    printer: 'drivers/acpi/apei/ghes.c __ghes_panic(), ghes_handle_memory_failure()',
    examples: [
      '[Hardware Error]: GHES: java:4711: synchronous unrecoverable error (SIGBUS)',
      'GHES: Fatal hardware error but panic disabled',
    ],
    start: /(?:\[Hardware Error\]: )?(?:GHES: )?(?:[^\n]{1,16}:\d+: synchronous unrecoverable error|Fatal hardware error but panic)/,
    opens: [
      { form: 'record', literals: ['[Hardware Error]: GHES: '], test: (text) => text.includes(': synchronous unrecoverable error') },
      { form: 'record', literals: ['Fatal hardware error but panic disabled'], at: 'message' },
    ],
    reads: [/GHES: (?<comm>[^\n]{1,16}):(?<pid>\d+): (?<what>synchronous unrecoverable error)/, /(?<what>Fatal hardware error)/],
    fields: { comm: aside(words), pid: aside(int), what: words },
  },
  bert_print_all: {
    printer: 'drivers/acpi/apei/bert.c bert_print_all()',
    releases: 'since 4.2',
    examples: ['BERT: Error records from previous boot:'],
    ...says('bert', ['Error records from previous boot']),
    reads: [/Error records from previous boot/],
  },
  bert_skipped: {
    printer: 'drivers/acpi/apei/bert.c bert_print_all()',
    releases: 'since 6.0',
    examples: ['BERT: [Hardware Error]: Skipped 3 error records', 'BERT: Total records found: 4'],
    start: /BERT: (?:\[Hardware Error\]: Skipped \d|Total records found: )/,
    opens: [{ form: 'field', literals: ['BERT: [Hardware Error]: Skipped ', 'BERT: Total records found: '] }],
    reads: [/Skipped (?<skipped>\d+) error records/, /found: (?<found>\d+)/],
    fields: { skipped: int, found: int },
  },
  cper_corrected: {
    printer: 'drivers/firmware/efi/cper.c cper_estatus_print()',
    releases: 'since 3.11',
    examples: ['{2}[Hardware Error]: It has been corrected by h/w and requires no further action'],
    ...tagged('field', 'It has been corrected by h/w'),
  },
  cper_estatus_print: {
    printer: 'drivers/firmware/efi/cper.c cper_estatus_print()',
    releases: 'drivers/acpi/apei/cper.c until 3.10; a number before the word until 3.9',
    examples: ['{2}[Hardware Error]: event severity: recoverable', '{2}[Hardware Error]: severity: 2, corrected'],
    ...tagged('cper', '(?:event )?severity: '),
    reads: [/severity: (?:\d+, )?(?<severity>[\w-]+)/],
    fields: { severity: words },
  },
  cper_estatus_print_section: {
    printer: 'drivers/firmware/efi/cper.c cper_estatus_print_section()',
    releases: '`section: 0, severity: 2, corrected` until 3.9',
    examples: ['{2}[Hardware Error]:  Error 0, type: recoverable', '{2}[Hardware Error]: section: 0, severity: 2, corrected'],
    ...tagged('section', String.raw`Error \d+, type: `, String.raw`section: \d+, `),
    reads: [/(?:type|severity): (?:\d+, )?(?<sectionSeverity>[\w-]+)/],
    fields: { sectionSeverity: words },
  },
  cper_section_type: {
    printer: 'drivers/firmware/efi/cper.c cper_estatus_print_section()',
    examples: [
      '{2}[Hardware Error]:   section_type: memory error',
      '{2}[Hardware Error]:   section type: unknown, 81212a96-09ed-4996-9471-8d729c8e69ed',
    ],
    ...tagged('field', 'section[_ ]type: '),
    rule: ENTRIES,
    fields: { section: words },
  },
  cper_print_fru: {
    printer: 'drivers/firmware/efi/cper.c cper_estatus_print_section()',
    examples: ['{2}[Hardware Error]:  fru_text: Card02, ChnC, DIMM1', '{2}[Hardware Error]:  fru_id: 00000000-0000-0000-0000-000000000000'],
    ...tagged('field', 'fru_text: ', 'fru_id: '),
    rule: ENTRIES,
    fields: { fru: words },
  },
  cper_print_tstamp: {
    printer: 'drivers/firmware/efi/cper.c cper_print_tstamp()',
    releases: 'since 4.14',
    examples: ['{2}[Hardware Error]:  precise tstamp: 2026-03-04 05:06:07'],
    ...tagged('field', '(?:im)?precise tstamp: '),
    reads: [/tstamp: (?<recorded>[\d-]+ [\d:]+)/],
    fields: { recorded: words },
  },
  cper_section_other: {
    printer: 'drivers/firmware/efi/cper.c cper_estatus_print_section(), cper_print_bits()',
    examples: ['{2}[Hardware Error]:   section length: 0x48', '{2}[Hardware Error]: flags: 0x01', '{2}[Hardware Error]: primary'],
    ...tagged('field', 'section length: ', 'flags: 0x', 'primary', 'containment', 'reset', 'error threshold exceeded', 'latent error'),
  },
});
