import { readerFor } from './bytes.ts';
import type { Dump } from './dump.ts';
import type { ElfHeader } from './elf-header.ts';
import { readSections } from './elf-sections.ts';
import { Intervals } from './intervals.ts';
import { SegmentedMemory } from './segmented.ts';
import { type ByteSource, InputError } from './source.ts';
import { NO_SEGMENTS } from './virtual-segments.ts';

const PAGE = 4096;
/** No domain has more pages than 2^28 (1 TiB); 16 bytes of table each. */
const MAX_PAGES = 1 << 28;
/** Table entries read at once. */
const CHUNK = 1 << 16;

/**
 * `xl dump-core` of a domain (docs/misc/dump-core-format.txt): no segments but sections, `.xen_pages` with a page for each entry of
 * `.xen_pfn` (HVM and PVH: its frame) or `.xen_p2m` (PV: its frame and the machine's).
 * @throws InputError where these sections are not there
 */
export function openXenCore(source: ByteSource, { order, machine, warnings }: ElfHeader): Dump {
  const sections = readSections(source, order);
  const [pages, p2m, pfn] = ['.xen_pages', '.xen_p2m', '.xen_pfn'].map((name) => sections.find((s) => s.name === name));
  const table = p2m ?? pfn;
  if (!pages || !table) {
    const found = `sections only: ${sections.flatMap(({ name }) => name || []).join(', ') || 'none'}`;
    throw new InputError({ file: source.name, sought: 'program headers, or the sections of xl dump-core', found });
  }
  const entry = p2m ? 16 : 8;
  const count = Math.min(Math.floor(table.size / entry), Math.floor(pages.size / PAGE), MAX_PAGES);
  const { size: word } = readerFor(order);
  const stored = new Intervals();
  const frames = new Map<number, number>();
  for (let first = 0; first < count; first += CHUNK) {
    const bytes = source.read(table.offset + first * entry, Math.min(CHUNK, count - first) * entry);
    for (let i = 0; (i + 1) * entry <= bytes.length; i++) {
      const pfn = word(bytes, i * entry);
      if (!(pfn < 2 ** 40)) continue; // ~0: a hole, or an entry that has no page
      const at = pages.offset + (first + i) * PAGE;
      const last = stored.length - 1;
      if (last >= 0 && stored.end(last) === pfn * PAGE && stored.offset(last) + (stored.end(last) - stored.start(last)) === at)
        stored.extend((pfn + 1) * PAGE);
      else stored.push(pfn * PAGE, (pfn + 1) * PAGE, at);
      if (p2m) frames.set(word(bytes, i * entry + 8), pfn);
    }
  }
  const memory = new SegmentedMemory(source, stored);
  return {
    container: `Xen core of ${p2m ? 'a PV' : 'an HVM'} domain`,
    byteOrder: order,
    machine,
    blockSize: PAGE,
    notes: [],
    vmcoreinfoText: undefined,
    details: { compression: 'none', warnings },
    ranges: memory.ranges,
    segments: NO_SEGMENTS,
    ...(p2m && {
      ofMachine: (paddr: number) => {
        const pfn = frames.get(Math.floor(paddr / PAGE));
        return pfn === undefined ? undefined : pfn * PAGE + (paddr % PAGE);
      },
    }),
    readPhysical: (paddr, into) => memory.read(paddr, into),
    holds: (paddr) => memory.holds(paddr),
    nextHeld: (paddr) => memory.nextHeld(paddr),
  };
}
