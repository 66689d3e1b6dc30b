import { alignUp, type Shape, StructWriter } from './struct-writer.ts';

/** One ELF note: name and description each padded to 4 bytes, in 64-bit files too. */
export function noteBytes(shape: Shape, name: string, type: number, desc: Buffer): Buffer {
  const nameSize = name.length + 1;
  const s = new StructWriter(shape, 12 + alignUp(nameSize, 4) + alignUp(desc.length, 4));
  s.u32(0, nameSize).u32(4, desc.length).u32(8, type).text(12, name, name.length);
  desc.copy(s.bytes, 12 + alignUp(nameSize, 4));
  return s.bytes;
}

/** NT_PRSTATUS of one CPU: a pid and registers that nobody checks. */
export function prstatus(shape: Shape, pid: number): Buffer {
  const wide = shape.wordSize === 8;
  const s = new StructWriter(shape, wide ? 336 : 144);
  s.u32(wide ? 32 : 24, pid);
  for (let i = 0; i < 10; i++) s.word((wide ? 112 : 72) + i * shape.wordSize, 0x1000 + i);
  return noteBytes(shape, 'CORE', 1, s.bytes);
}
