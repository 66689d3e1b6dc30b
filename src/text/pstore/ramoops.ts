import type { PrintkRecord } from '../../record/record.ts';
import type { BytesParser } from '../line-parser.ts';
import { isText } from '../sniff/is-text.ts';
import { type PstoreFile, readPstore } from './directory.ts';
import { inflatePart } from './inflate.ts';

/** PERSISTENT_RAM_SIG, "DBGC", at the start of each zone; zones are aligned to at least this. */
const SIGNATURE = Buffer.from('DBGC');
const ALIGNMENT = 1024;
/** u32 signature, start and size (struct persistent_ram_buffer, fs/pstore/ram_core.c). */
const HEADER = 12;
/** `====<seconds>.<fraction>-C`, C for compressed: ramoops_write_kmsg_hdr(). */
const KMSG_HEADER = /^====(\d+)\.(\d+)-([CD])\n/;
const REGION_LIMIT = 256 << 20;

/** The RAM region of ramoops as it was found: zones, each a ring, of dumps and of the console. */
export class RamoopsRegion implements BytesParser {
  private readonly losses: string[];
  private readonly pieces: string[] = [];
  private length = 0;

  constructor(losses: string[]) {
    this.losses = losses;
  }

  bytes(s: string): void {
    if (this.length > REGION_LIMIT) return;
    this.pieces.push(s);
    this.length += s.length;
  }

  flush(): void {}

  end(out: PrintkRecord[]): void {
    if (this.length > REGION_LIMIT) this.losses.push('ramoops region: only the first 256 MiB were read');
    const log = readPstore(zonesOf(Buffer.from(this.pieces.join(''), 'latin1')));
    this.losses.push(...log.losses);
    for (const record of log.records) out.push(record);
  }
}

function zonesOf(region: Buffer): PstoreFile[] {
  const files: PstoreFile[] = [];
  const starts: number[] = [];
  for (let at = region.indexOf(SIGNATURE); at >= 0; at = region.indexOf(SIGNATURE, at + 1)) if (at % ALIGNMENT === 0) starts.push(at);
  starts.forEach((at, i) => {
    if (at + HEADER > region.length) return;
    const end = starts[i + 1] ?? region.length;
    const data = region.subarray(at + HEADER, end);
    const start = region.readUInt32LE(at + 4);
    const size = region.readUInt32LE(at + 8);
    if (size === 0 || size > data.length || start > size) return;
    const file = fileOf(Buffer.concat([data.subarray(start, size), data.subarray(0, start)]), i);
    if (file !== undefined) files.push(file);
  });
  return files;
}

function fileOf(bytes: Buffer, index: number): PstoreFile | undefined {
  const header = KMSG_HEADER.exec(bytes.toString('latin1', 0, 64));
  if (header !== null) {
    const body = bytes.subarray(header[0].length);
    const text = header[3] === 'C' ? inflatePart(body) : body;
    return {
      name: `dmesg-ramoops-${index}${text === undefined ? '.enc.z' : ''}`,
      bytes: text ?? body,
      time: Number(`${header[1]}.${header[2]}`),
    };
  }
  // the console's zone is text, as pmsg's can be: only the kernel's lines have its time
  return isText(bytes) && /^(?:<\d+>)?\[ *\d+\.\d{6}\]/m.test(bytes.toString('latin1'))
    ? { name: `console-ramoops-${index}`, bytes }
    : undefined;
}
