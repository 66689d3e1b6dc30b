import type { Event, MachineFacts } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import type { Inspection } from '../../machine/inspection.ts';
import { whatIs } from '../../machine/raw/what-is.ts';
import { decodeText } from '../../record/decode-text.ts';

/** Reports whose registers are looked at, the last ones: the older a report, the more its objects have changed since. */
const REPORTS = 2;
/** More registers than any architecture prints. */
const MAX_REGISTERS = 64;

/** Into which objects of slab caches the registers of the last faults and complaints point, and whether those are free now; free ones first. */
export function objectFacts(inspection: Inspection, events: readonly Event[]): NonNullable<MachineFacts['objects']> {
  const told = events.filter(({ kind, registers }) => registers !== undefined && isKindOf(kind, 'death', 'complaint')).slice(-REPORTS);
  return told
    .reverse()
    .flatMap(({ id, registers }) =>
      Object.entries(registers ?? {})
        .slice(0, MAX_REGISTERS)
        .flatMap(([register, value]) => {
          const found = /^0x[0-9a-f]{1,16}$/.test(value) ? objectAt(inspection, BigInt(value)) : undefined;
          return found ? [{ event: id, register, address: value, ...found }] : [];
        }),
    )
    .sort((a, b) => Number(b.isFree ?? false) - Number(a.isFree ?? false));
}

function objectAt(
  inspection: Inspection,
  address: bigint,
): { readonly cache: string; readonly offset: number; readonly isFree?: boolean } | undefined {
  if (!inspection.kernel.isKernelAddress(address)) return undefined;
  const { object, cache, isFree } = whatIs(inspection, address).slab ?? {};
  const name = cache?.text('name');
  if (object === undefined || name === undefined) return undefined;
  return { cache: decodeText(name), offset: Number(address - object), ...(isFree !== undefined && { isFree }) };
}
