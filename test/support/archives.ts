import { crc32, deflateRawSync } from 'node:zlib';

/** A member as a test wants it; without content it is what `type` says. */
export interface TestMember {
  readonly name: string;
  readonly content?: string | Buffer | undefined;
  /** tar's type flag: 0 file, 1 link, 2 symbolic link, 3 character device, 5 directory. */
  readonly type?: string | undefined;
  readonly link?: string | undefined;
}

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

/** A tar (ustar), byte for byte as POSIX has it: also with names that no tar program would write. */
export function tarOf(members: readonly TestMember[]): Buffer {
  const blocks = members.flatMap(({ name, content = '', type = '0', link = '' }) => {
    const bytes = Buffer.from(content as string);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, 'latin1');
    header.write(octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(bytes.length, 12) + octal(1_764_000_000, 12), 100, 'latin1');
    header.write(`        ${type}${link}`, 148, 'latin1');
    header.write('ustar\0' + '00', 257, 'latin1');
    header.write(
      octal(
        header.reduce((sum, byte) => sum + byte, 0),
        7,
      ),
      148,
      'latin1',
    );
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A zip; `streamed` members have their sizes behind them, as a zip that was written to a pipe. */
export function zipOf(members: readonly TestMember[], streamed = false): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, content = '' } of members) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const facts = Buffer.alloc(12);
    facts.writeUInt32LE(crc32(bytes), 0);
    facts.writeUInt32LE(packed.length, 4);
    facts.writeUInt32LE(bytes.length, 8);
    const middle = Buffer.from([20, 0, streamed ? 8 : 0, 8, 8, 0, 0, 0, 0x21, 0x5a]);
    const lengths = Buffer.from([name.length & 255, name.length >> 8, 0, 0]);
    const header = Buffer.concat([Buffer.from('PK\x03\x04'), middle, streamed ? Buffer.alloc(12) : facts, lengths, Buffer.from(name)]);
    const tail = streamed ? Buffer.concat([Buffer.from('PK\x07\x08'), facts]) : Buffer.alloc(0);
    const offset = Buffer.alloc(4);
    offset.writeUInt32LE(at);
    const mode = Buffer.from([0, 0, 0xa4, 0x81]);
    central.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02'),
        Buffer.from([20, 3]),
        middle,
        facts,
        lengths,
        Buffer.alloc(6),
        mode,
        offset,
        Buffer.from(name),
      ]),
    );
    local.push(header, packed, tail);
    at += header.length + packed.length + tail.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}
