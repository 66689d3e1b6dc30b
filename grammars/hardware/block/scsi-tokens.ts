import { createToken } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../../common/tokens.ts';

/** `sd 2:0:7:0: `: the driver and host, channel, target, LUN. */
export const Address = createToken({ name: 'Address', pattern: /(?:s[drgt]|ses|osst|scsi|ch) \d+:\d+:\d+:\d+: ?/, push_mode: 'scsi-text' });
export const Disk = createToken({ name: 'Disk', pattern: /\[\w+\]/ });
export const Tag = createToken({ name: 'Tag', pattern: /tag#\d+/ });

/** `FAILED Result:`, `UNKNOWN(0x2003) Result:`, `Done: SUCCESS Result:`; what the midlayer made of it. */
export const Disposition = createToken({
  name: 'Disposition',
  pattern: /(?:[A-Z_]+|UNKNOWN\(0x[0-9a-f]+\))(?= Result: )/,
  line_breaks: false,
});
export const ResultLead = createToken({ name: 'ResultLead', pattern: /Result: ?/ });
/** `hostbyte=DID_OK`, `driverbyte=0x08`, `cmd_age=3s`. */
export const KeyValue = createToken({
  name: 'KeyValue',
  pattern: /(?:hostbyte|driverbyte|cmd_age|ASC|ASCQ|asc|ascq)=[^\s,]+/,
  line_breaks: false,
});

/** A code of the vendor's own; the next follows without a blank. */
export const Vendor = createToken({ name: 'Vendor', pattern: /<<vendor>>/ });
export const SenseKeyLead = createToken({ name: 'SenseKeyLead', pattern: /Sense Key ?: ?/, push_mode: 'sense' });
export const SenseKey = createToken({
  name: 'SenseKey',
  pattern: /[^\n[]+/,
  start_chars_hint: ANY_CHAR.filter((c) => c !== 0x5b),
  line_breaks: false,
});
/** `[current]`, `[deferred]`, `[descriptor]`. */
export const SenseFlag = createToken({ name: 'SenseFlag', pattern: /\[[a-z]+\]/ });
export const AddSense = createToken({ name: 'AddSense', pattern: /Add\. Sense: [^\n]+/, line_breaks: false });

export const CdbLead = createToken({ name: 'CdbLead', pattern: /CDB: ?/ });
/** `Read(10)`, `ATA command pass through(16)`, `Test Unit Ready`, `opcode=0x28`: up to the bytes. */
export const CommandName = createToken({
  name: 'CommandName',
  pattern:
    /[A-Z][A-Za-z /-]*[A-Za-z](?:\(\d+\))?(?:, sa=0x[0-9a-f]+)?:?(?=(?: [0-9a-f]{2}(?:\s|(?![^\n]))|[ :]*(?![^\n])))|opcode=0x[0-9a-f]+(?:, sa=0x[0-9a-f]+)?/,
  line_breaks: false,
});
export const Bytes = createToken({ name: 'Bytes', pattern: /[0-9a-f]{2}(?: [0-9a-f]{2})*(?![^\s])/, line_breaks: false });

export const MODES: Modes = {
  scsi: [Address, Disk, Tag, Word],
  'scsi-text': [Blank, Vendor, Disk, Tag, Disposition, ResultLead, KeyValue, SenseKeyLead, AddSense, CdbLead, CommandName, Bytes, Word],
  sense: [SenseFlag, SenseKey],
};
