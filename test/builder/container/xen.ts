import type { MemoryImage } from '../image/memory-image.ts';
import { alignUp, StructWriter } from '../image/struct-writer.ts';
import type { FileImage } from './file-image.ts';

const shape = { order: 'little', wordSize: 8, u64Align: 8 } as const;
const PAGE = 4096;
const NAMES = ['', '.shstrtab', '.xen_pages', '.xen_pfn', '.xen_p2m'];

/**
 * `xl dump-core`: sections only. Pages in any order, here the last frame first; holes as entries of ~0.
 * @param machineShift how far the machine's address of a page of a PV domain lies from the domain's own
 */
export function xenCore(image: MemoryImage, options: { readonly machineShift?: number } = {}): FileImage {
  const { machineShift } = options;
  const frames = image.memory
    .extents(0, Number.MAX_SAFE_INTEGER)
    .flatMap(({ offset, data }) => Array.from({ length: data.length / PAGE }, (_, i) => offset / PAGE + i))
    .reverse();
  const entry = machineShift === undefined ? 8 : 16;
  const table = new StructWriter(shape, (frames.length + 1) * entry);
  table.u64(0, 0xffff_ffff_ffff_ffffn);
  frames.forEach((pfn, i) => {
    table.u64((i + 1) * entry, pfn);
    if (machineShift !== undefined) table.u64((i + 1) * entry + 8, pfn + machineShift / PAGE);
  });
  const names = Buffer.from(`${NAMES.join('\0')}\0`, 'latin1');
  const namesAt = 64 + 4 * 64;
  const tableAt = alignUp(namesAt + names.length, 16);
  const pagesAt = alignUp(tableAt + table.bytes.length, PAGE);
  const head = new StructWriter(shape, namesAt);
  head
    .text(0, '\x7fELF\x02\x01\x01', 7)
    .u16(16, 4)
    .u16(18, 62)
    .u32(20, 1)
    .u64(40, 64)
    .u16(52, 64)
    .u16(54, 56)
    .u16(58, 64)
    .u16(60, 4)
    .u16(62, 1);
  const section = (i: number, name: string, offset: number, size: number): void => {
    head.u32(64 + i * 64, names.indexOf(Buffer.from(`${name}\0`))).u32(64 + i * 64 + 4, 1);
    head.u64(64 + i * 64 + 24, offset).u64(64 + i * 64 + 32, size);
  };
  section(1, '.shstrtab', namesAt, names.length);
  section(2, '.xen_pages', pagesAt, (frames.length + 1) * PAGE);
  section(3, machineShift === undefined ? '.xen_pfn' : '.xen_p2m', tableAt, table.bytes.length);
  const pages = frames.map((pfn, i) => ({ offset: pagesAt + (i + 1) * PAGE, data: image.memory.get(pfn * PAGE, PAGE) }));
  return {
    size: pagesAt + (frames.length + 1) * PAGE,
    extents: [{ offset: 0, data: head.bytes }, { offset: namesAt, data: names }, { offset: tableAt, data: table.bytes }, ...pages],
  };
}
