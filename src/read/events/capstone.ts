import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Disassembler, loadDisassembler } from '../../decode/code/disassembler.ts';
import { beside } from '../beside.ts';

let loading: Promise<Disassembler | undefined> | undefined;

/**
 * The disassembler, loaded once. Its 3 MB of WebAssembly lie beside the bundle (built, and in the executable), or in the optional package
 * that npm installs with ours.
 * @returns undefined where neither is there
 */
export function disassembler(): Promise<Disassembler | undefined> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Disassembler | undefined> {
  const wasm = beside('capstone.wasm') ?? ofPackage();
  return wasm && loadDisassembler(wasm);
}

function ofPackage(): Uint8Array | undefined {
  try {
    const file = join(dirname(createRequire(import.meta.url).resolve('@alexaltea/capstone-js')), 'capstone.wasm');
    return existsSync(file) ? readFileSync(file) : undefined;
  } catch {
    return undefined; // npm leaves an optional package out where it cannot be had
  }
}
