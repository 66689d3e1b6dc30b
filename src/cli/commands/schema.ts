import { InputError } from '../../dump/source.ts';
import { beside } from '../../read/beside.ts';
import { EXIT } from '../exit.ts';
import { StdoutWriter } from '../stdout.ts';

/** `lastkmsg schema`: the JSON Schema that the build generated from the one zod source; zod itself is not loaded. */
export async function schema(): Promise<number> {
  const out = new StdoutWriter('utf8');
  await out.write(readSchema());
  await out.flush();
  return EXIT.ok;
}

/** dist/schema.json lies beside the bundle. @throws InputError where the package is incomplete */
function readSchema(): string {
  const found = beside('schema.json');
  if (found !== undefined) return Buffer.from(found).toString('utf8');
  throw new InputError({
    file: 'schema.json',
    sought: 'the JSON Schema of this version',
    found: 'no such file',
    hint: 'npm run build writes it',
  });
}
