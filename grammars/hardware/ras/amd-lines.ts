import { hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { tagged } from './opens.ts';

const ENTRIES = { grammar: 'ras', name: 'entries', mode: 'entries' } as const;

/** What drivers/edac/mce_amd.c makes of a machine check of AMD's. */
export const AMD = lines({
  decode_error_status: {
    printer: 'drivers/edac/mce_amd.c decode_error_status()',
    releases: 'since 3.5',
    examples: [
      '[Hardware Error]: Corrected error, no action required.',
      '[Hardware Error]: Uncorrected, software restartable error.',
      '[Hardware Error]: System Fatal error.',
      '[Hardware Error]: Deferred error, no action required.',
    ],
    ...tagged('record', 'Corrected error, no', 'Uncorrected, ', 'Deferred error', 'System Fatal'),
    reads: [/\]: *(?<class>Corrected|Uncorrected|Deferred|System Fatal)/],
    fields: { class: words },
  },
  amd_decode_mce: {
    printer: 'drivers/edac/mce_amd.c amd_decode_mce()',
    releases: '`CPU:0<TAB>MC4_STATUS` until 3.2; family, model and stepping since 3.13; flags grow with the families',
    examples: [
      '[Hardware Error]: CPU:2 (17:1:2) MC15_STATUS[Over|CE|MiscV|-|AddrV|-|-|SyndV|CECC]: 0xdc2040000000011b',
      '[Hardware Error]: CPU:2\tMC4_STATUS[-|CE|-|-|AddrV|CECC]: 0x9c00410040080a13',
    ],
    ...tagged('field', String.raw`CPU:\d`),
    rule: { grammar: 'ras', name: 'amd_status', mode: 'amd' },
    fields: { cpu: int, model: words, bank: int, flags: words, status: hex },
  },
  amd_decode_address: {
    printer: 'drivers/edac/mce_amd.c amd_decode_mce()',
    examples: ['[Hardware Error]: Error Addr: 0x00000003f2b5ae40', '[Hardware Error]: MC4_ADDR: 0x00000003f2b5ae40'],
    ...tagged('field', 'Error Addr: ', String.raw`MC\d+_ADDR: `),
    reads: [/(?:Addr|ADDR): (?<address>0x[0-9a-f]+)/],
    fields: { address: hex },
  },
  amd_decode_ipid: {
    printer: 'drivers/edac/mce_amd.c amd_decode_mce()',
    releases: 'since 4.10; PPIN since 5.18, FRU text since 6.13',
    examples: [
      '[Hardware Error]: IPID: 0x0000009600050f00, Syndrome: 0x000000000a800700',
      '[Hardware Error]: PPIN: 0x02b1a2c3d4e5f607',
      '[Hardware Error]: TSC: 12345678',
      '[Hardware Error]: FRU Text: P0_DIMM_A1',
    ],
    ...tagged('field', 'IPID: ', 'PPIN: ', 'TSC: ', 'FRU Text: ', 'Syndrome: '),
    rule: ENTRIES,
    fields: { ipid: hex, syndrome: hex, ppin: hex, fru: words, tsc: hex },
  },
  decode_smca_error: {
    printer: 'drivers/edac/mce_amd.c decode_smca_error()',
    releases: 'what it means behind the code 5.0–6.8, before it until 4.20',
    examples: [
      '[Hardware Error]: Unified Memory Controller Ext. Error Code: 0, DRAM ECC error.',
      '[Hardware Error]: Load Store Unit Ext. Error Code: 3',
      '[Hardware Error]: Bank 4 is reserved.',
    ],
    ...tagged('field', String.raw`[^\n:]{1,60}? Ext\. Error Code: `, String.raw`Bank \d+ is reserved`),
    reads: [
      /\]: *(?<unit>[^:]+?) Ext\. Error Code: (?<extended>\d+), (?<what>.*?)\.?$/,
      /\]: *(?<unit>[^:]+?) Ext\. Error Code: (?<extended>\d+)/,
      /\]: *Bank (?<bank>\d+) is (?<what>reserved)/,
    ],
    fields: { unit: words, extended: int, what: words, bank: int },
  },
  amd_decode_unit: {
    printer: 'drivers/edac/mce_amd.c decode_mc0_mce(), decode_mc1_mce() and their like',
    releases: '`Northbridge Error (node 0): ` until 3.12, `MC4 Error (node 0): ` since',
    examples: [
      '[Hardware Error]: MC4 Error (node 1): DRAM ECC error detected on the NB.',
      '[Hardware Error]: MC0 Error: L1 TLB parity error.',
      '[Hardware Error]: MC3 Error during prefetch.',
      '[Hardware Error]: Northbridge Error (node 0): DRAM ECC error detected on the NB.',
    ],
    ...tagged('field', String.raw`MC\d+ Error`, 'Northbridge Error'),
    reads: [
      /\]: *(?<unit>MC\d+|Northbridge) Error \(node (?<node>\d+)\):? *(?<what>.*?)\.?$/,
      /\]: *(?<unit>MC\d+|Northbridge) Error:? *(?<what>.*?)\.?$/,
    ],
    fields: { unit: words, node: int, what: words },
  },
  amd_decode_err_code: {
    printer: 'drivers/edac/mce_amd.c amd_decode_err_code()',
    examples: [
      '[Hardware Error]: cache level: L3/GEN, tx: GEN, mem-tx: RD',
      '[Hardware Error]: cache level: L3/GEN, mem/io: MEM, mem-tx: RD, part-proc: SRC (no timeout)',
      '[Hardware Error]: internal: Hardware Assert',
    ],
    ...tagged('field', String.raw`cache level: [A-Z]`, 'internal: '),
    rule: ENTRIES,
    fields: { cacheLevel: words, tx: words, memTx: words, memIo: words, partProc: words, internal: words },
  },
  amd_corrupted: {
    printer: 'drivers/edac/mce_amd.c decode_mc0_mce() and its like',
    examples: ['[Hardware Error]: Corrupted MC0 MCE info?'],
    ...tagged('field', 'Corrupted MC'),
  },
});
