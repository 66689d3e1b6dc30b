import type { OldFamily as Family, Opener } from '../../common/legacy.ts';
import { alone, firstWord, says, starts } from './line-keys.ts';

/** GHES numbers the lines of a record: `{1}[Hardware Error]: `. All others share one printer. */
const record = (text: string): string => /^\{\d+\}/.exec(text)?.[0] ?? 'mce';
/** Lines that begin a record; any other line with the tag goes on with one. */
const BEGINS =
  /\[Hardware Error\]: *(?:CPU \d+: Machine Check|Corrected error, no|Uncorrected, |Deferred error|System Fatal|Hardware error from APEI|APEI generic hardware error)/;
const SEVERITY = /\[Hardware Error\]: *event severity: /;
const LOGGED = 'Machine check events logged';

const tagged = (text: string): Opener[] => [
  { text, form: 'record', test: (line) => BEGINS.test(line) },
  { text, form: 'cper', test: (line) => SEVERITY.test(line) },
  { text, form: 'logged', test: (line) => line.includes(LOGGED) },
  { text, form: 'field', test: (line) => line.includes('[Hardware Error]: ') },
];

/** What the hardware itself reports of its memory, caches and buses: arch/x86/kernel/cpu/mce, drivers/edac, drivers/acpi/apei. */
export const ras: Family = {
  name: 'ras',
  openers: [
    ...['mce: [Hardware Error]: ', '[Hardware Error]: ', ...Array.from({ length: 9 }, (_, i) => `{${i + 1}`)].flatMap(tagged),
    { text: 'CPU ', form: 'record', test: (line) => /^CPU \d+: Machine Check/.test(line) },
    ...says('logged', LOGGED, 'Uncorrected hardware memory error in ', 'Corrected hardware memory error in '),
    ...says('bert', 'Error records from previous boot'),
    {
      text: 'EDAC ',
      form: 'line',
      test: (line) => /^EDAC MC\d+: (?:\d+ )?(?:CE|UE)[ :]|^EDAC (?:DEVICE|PCI)\d*: .*(?:\b[CU]E\b|[Ee]rror)/.test(line),
    },
    { text: 'EDAC ', form: 'line', test: (line) => /^EDAC [\w-]+ MC\d+: CPU \d+: Machine Check/.test(line) },
    ...starts('line', 'Memory failure: 0x', 'MCE 0x', 'Severe Machine check interrupt', 'Fatal Machine check interrupt'),
    { text: 'MCE: CPU', form: 'line', test: (line) => /^MCE: CPU\d+: machine check \(/.test(line) },
    { text: 'MCE: CPU', form: 'power-field' },
  ],
  forms: [
    { name: 'record', needs: 'nothing', key: record },
    { name: 'cper', needs: 'nothing', key: record, after: ['bert', 'record'] },
    { name: 'field', needs: 'nothing', key: record, further: true },
    { name: 'logged', needs: 'nothing', key: alone, single: true },
    { name: 'bert', needs: 'nothing', key: () => 'mce' },
    { name: 'line', needs: 'nothing', key: firstWord, single: true },
    { name: 'power-field', needs: 'nothing', key: firstWord, further: true },
  ],
};
