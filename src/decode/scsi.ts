/** Host bytes of a result, include/scsi/scsi_status.h: kernels without CONFIG_SCSI_CONSTANTS print numbers. */
const HOST_BYTES = [
  'DID_OK',
  'DID_NO_CONNECT',
  'DID_BUS_BUSY',
  'DID_TIME_OUT',
  'DID_BAD_TARGET',
  'DID_ABORT',
  'DID_PARITY',
  'DID_ERROR',
  'DID_RESET',
  'DID_BAD_INTR',
  'DID_PASSTHROUGH',
  'DID_SOFT_ERROR',
  'DID_IMM_RETRY',
  'DID_REQUEUE',
  'DID_TRANSPORT_DISRUPTED',
  'DID_TRANSPORT_FAILFAST',
  'DID_TARGET_FAILURE',
  'DID_NEXUS_FAILURE',
  'DID_ALLOC_FAILURE',
  'DID_MEDIUM_ERROR',
  'DID_TRANSPORT_MARGINAL',
];

/** Sense keys, SPC-5 table 54, as the kernel words them. */
const SENSE_KEYS = [
  'No Sense',
  'Recovered Error',
  'Not Ready',
  'Medium Error',
  'Hardware Error',
  'Illegal Request',
  'Unit Attention',
  'Data Protect',
  'Blank Check',
  'Vendor Specific',
  'Copy Aborted',
  'Aborted Command',
  'Equal',
  'Volume Overflow',
  'Miscompare',
  'Completed',
];

/** Additional sense codes that disks fail with, SPC-5 annex F: code and qualifier, `1100`; a code alone where its qualifiers say little more. */
const SENSE_CODES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '0200': 'No seek complete',
    '0300': 'Peripheral device write fault',
    '0400': 'Logical unit not ready, cause not reportable',
    '0401': 'Logical unit is in process of becoming ready',
    '0402': 'Logical unit not ready, initializing command required',
    '0403': 'Logical unit not ready, manual intervention required',
    '0404': 'Logical unit not ready, format in progress',
    '040b': 'Logical unit not accessible, target port in standby state',
    '040c': 'Logical unit not accessible, target port in unavailable state',
    '0500': 'Logical unit does not respond to selection',
    '0800': 'Logical unit communication failure',
    '0801': 'Logical unit communication time-out',
    '0900': 'Track following error',
    '0c00': 'Write error',
    '0c02': 'Write error - auto reallocation failed',
    '0c03': 'Write error - recommend reassignment',
    '1000': 'Id CRC or ECC error',
    '1001': 'Logical block guard check failed',
    '1100': 'Unrecovered read error',
    '1101': 'Read retries exhausted',
    '1104': 'Unrecovered read error - auto reallocate failed',
    '110b': 'Unrecovered read error - recommend reassignment',
    '1114': 'Read error - LBA marked bad by application client',
    '1501': 'Mechanical positioning error',
    '1600': 'Data synchronization mark error',
    '1900': 'Defect list error',
    '2000': 'Invalid command operation code',
    '2100': 'Logical block address out of range',
    '2104': 'Unaligned write command',
    '2400': 'Invalid field in cdb',
    '2500': 'Logical unit not supported',
    '2700': 'Write protected',
    '2707': 'Space allocation failed write protect',
    '2900': 'Power on, reset, or bus device reset occurred',
    '3100': 'Medium format corrupted',
    '3200': 'No defect spare location available',
    '3a00': 'Medium not present',
    '3e01': 'Logical unit failure',
    '4400': 'Internal target failure',
    '4700': 'Scsi parity error',
    '4b00': 'Data phase error',
    '4c00': 'Logical unit failed self-configuration',
    '5d00': 'Failure prediction threshold exceeded',
  }),
);

const numbered = (names: readonly string[], text: string): string | undefined =>
  /^0x[0-9a-f]{1,2}$/.test(text) ? names[Number.parseInt(text, 16)] : text;

/** `0x04` → `DID_BAD_TARGET`; a name stays. */
export const hostByteName = (text: string): string | undefined => numbered(HOST_BYTES, text);

/** `0x3` → `Medium Error`; a name stays. */
export const senseKeyName = (text: string): string | undefined => numbered(SENSE_KEYS, text);

/** `0x11`, `0x4` → what they say; undefined where no disk's failure is known by them. */
export function senseCodeName(asc: string, ascq: string): string | undefined {
  const hex = (text: string) => Number.parseInt(text, 16).toString(16).padStart(2, '0');
  return SENSE_CODES.get(hex(asc) + hex(ascq)) ?? SENSE_CODES.get(`${hex(asc)}00`);
}
