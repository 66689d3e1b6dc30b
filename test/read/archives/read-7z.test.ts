import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listed } from '../../../src/read/archives/read-7z.ts';

// as 7-Zip 16 to 26 print them (7z l -slt -ba)
const LISTING = `Path = case
Size = 0
Packed Size = 0
Modified = 2026-11-28 17:57:00.1234567
Attributes = D drwxr-xr-x
CRC = 
Encrypted = -
Method = 
Block = 

Path = case/var/log/dmesg
Size = 43210
Packed Size = 50692
Modified = 2026-11-28 17:57:01
Attributes = A -rw-r--r--
CRC = 0A1B2C3D
Encrypted = -
Method = LZMA2:192k BCJ
Block = 0

Path = case/link
Size = 5
Packed Size = 
Modified = 2026-11-28 17:57:01
Attributes = A lrwxrwxrwx
CRC = 0A1B2C3D
Encrypted = -
Method = LZMA2:192k
Block = 0

Path = secret
Size = 7
Attributes = A -rw-r--r--
Encrypted = +
`;

test('a listing: names, sizes and what is no file', () => {
  assert.equal(
    listed(LISTING).map(({ name, size, kind }) => [name, size, kind]),
    [
      ['case', 0, 'directory'],
      ['case/var/log/dmesg', 43210, 'file'],
      ['case/link', 5, 'links'],
      ['secret', 7, 'encrypted files'],
    ],
  );
});

test.run();
