import { createToken, Lexer } from 'chevrotain';
import type { Modes } from '../../common/parser.ts';
import { ANY_CHAR, Blank, Word } from '../../common/tokens.ts';

/** What the printing file puts before its messages. */
export const Tag = createToken({ name: 'Tag', pattern: /(?:AER|DPC|DMAR|dmar|AMD-Vi|INTR-REMAP):/, group: Lexer.SKIPPED });
export const Colon = createToken({ name: 'Colon', pattern: /:/ });
export const Comma = createToken({ name: 'Comma', pattern: /,/ });

/** dev_printk(): `driver_xyz 0000:01:00.0: `, `arm-smmu 5000000.iommu: `. */
export const Owner = createToken({ name: 'Owner', pattern: /[\w-]+ [\w.@-]+(?:[:.][\w.@-]+)*(?=: )/, line_breaks: false });
export const PciFunction = createToken({ name: 'PciFunction', pattern: /[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/ });

// `severity=Corrected, type=Physical Layer, id=00e4(Receiver ID)`, `aer_status: 0x00004000, aer_mask: 0x00100000`
export const AerKey = createToken({
  name: 'AerKey',
  pattern: /(?:severity|type|status\/mask|aer_layer|aer_agent)=|aer_(?:status|mask|uncor_severity): /,
  push_mode: 'aer-value',
});
export const AerValue = createToken({
  name: 'AerValue',
  pattern: /[^,\n]+/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
  pop_mode: true,
});
/** The function, which the line's beginning names as well; until 4.17. */
export const AerId = createToken({ name: 'AerId', pattern: /id=[0-9a-f]{4}/ });
export const Agent = createToken({ name: 'Agent', pattern: /\([^()\n]*\)/, line_breaks: false });
export const DeviceIds = createToken({ name: 'DeviceIds', pattern: /\[[0-9a-f]{4}:[0-9a-f]{4}\]/ });
/** The bit of the status register whose name follows. */
export const Bit = createToken({ name: 'Bit', pattern: /\[ ?\d{1,2}\]/ });
export const First = createToken({ name: 'First', pattern: /\(First\)/ });

// `containment event, status:0x1f01 source:0x0000`
export const DpcPair = createToken({ name: 'DpcPair', pattern: /(?:status|source):0x[0-9a-f]+/ });
export const DpcReason = createToken({
  name: 'DpcReason',
  pattern: /unmasked uncorrectable error|ERR_(?:NON)?FATAL|RP PIO error|software trigger|reserved error/,
});

// `[DMA Write NO_PASID] Request device [0000:03:00.0] fault addr 0xffff0000 [fault reason 0x05] PTE Write access is not set`
export const Operation = createToken({ name: 'Operation', pattern: /\[(?:DMA|INTR)[^\]\n]*\]/, line_breaks: false });
export const Bdf = createToken({ name: 'Bdf', pattern: /\[(?:[0-9a-f]{4}:)?(?:0x)?[0-9a-f]{2}:(?:0x)?[0-9a-f]{2}\.[0-7]\]/ });
export const Pasid = createToken({ name: 'Pasid', pattern: /PASID (?:0x)?[0-9a-f]+(?!x)/ });
export const FaultAt = createToken({ name: 'FaultAt', pattern: /fault (?:addr|index) (?:0x)?[0-9a-f]+(?!x)/ });
export const FaultReason = createToken({ name: 'FaultReason', pattern: /\[fault reason (?:0x)?[0-9a-f]+\]/, push_mode: 'reason' });
export const Reason = createToken({ name: 'Reason', pattern: /\S[^\n]*/, start_chars_hint: ANY_CHAR, line_breaks: false });

// `Event logged [IO_PAGE_FAULT domain=0x0011 address=0xfdf8000000 flags=0x0020]`
export const EventOpen = createToken({ name: 'EventOpen', pattern: /Event logged \[/ });
export const EventName = createToken({ name: 'EventName', pattern: /[A-Z][A-Z_]{4,}(?=[ \]])|Device not attached to domain properly/ });
export const EventPair = createToken({ name: 'EventPair', pattern: /\w+(?:\[\d\])?=[^\s,\]]+/, line_breaks: false });
/** arm-smmu-v3: `event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100`. */
export const EventColonPair = createToken({
  name: 'EventColonPair',
  pattern: /(?:event|client|sid|ssid|iova|ipa|fetch_addr): [^\s,]+/,
  line_breaks: false,
});
export const Close = createToken({ name: 'Close', pattern: /\]/ });

export const MODES: Modes = {
  aer: [Blank, Tag, Owner, AerKey, AerId, First, Agent, DeviceIds, Bit, Comma, Colon, Word],
  'aer-value': [AerValue],
  dpc: [Blank, Tag, Owner, DpcPair, DpcReason, PciFunction, Comma, Colon, Word],
  iommu: [
    Blank,
    Tag,
    Owner,
    Operation,
    Bdf,
    Pasid,
    FaultAt,
    FaultReason,
    EventOpen,
    EventName,
    EventColonPair,
    EventPair,
    Close,
    Comma,
    Colon,
    Word,
  ],
  reason: [Blank, Reason],
};
