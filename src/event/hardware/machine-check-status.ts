import { parseHex } from '../../decode/hex.ts';

/** IA32_MCi_STATUS (Intel SDM vol. 3B 15.3.2.2; AMD APM vol. 2 9.3.2.2 has the same bits). */
const BITS = { overflow: 62n, uncorrected: 61n, contextCorrupt: 57n } as const;

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

interface Told {
  readonly status?: string;
}

const statusOf = ({ status }: Told): bigint | undefined => parseHex(status ?? '');

const flag =
  (bit: bigint) =>
  (told: Told): boolean | undefined => {
    const status = statusOf(told);
    return status === undefined ? undefined : ((status >> bit) & 1n) === 1n;
  };

const codeOf = (told: Told): number | undefined => {
  const status = statusOf(told);
  return status === undefined ? undefined : Number(status & 0xffffn);
};

/** What the status register of a machine check bank says: hex as printed. */
export const MACHINE_CHECK_STATUS = {
  uncorrected: flag(BITS.uncorrected),
  overflow: flag(BITS.overflow),
  contextCorrupt: flag(BITS.contextCorrupt),
  errorCode(told: Told): string | undefined {
    const code = codeOf(told);
    return code === undefined ? undefined : `0x${code.toString(16)}`;
  },
  errorName(told: Told): string | undefined {
    const code = codeOf(told);
    return code === undefined ? undefined : CODES.find(([mask, want]) => (code & mask) === want)?.[2];
  },
};
