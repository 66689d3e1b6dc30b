import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { diagnose } from '../../doctor/doctor.ts';
import { doctorText } from '../../output/doctor-text.ts';
import { localHost } from '../doctor/local-host.ts';
import { EXIT, UsageError } from '../exit.ts';
import { textOptions } from './options.ts';

export interface DoctorOptions {
  readonly color: 'auto' | 'always' | 'never';
  readonly json?: boolean | undefined;
  /** An image of a machine instead of this one. */
  readonly root?: string | undefined;
}

const CODES = { ready: EXIT.ok, unknown: EXIT.loss, 'not ready': EXIT.failOn } as const;

/** `lastkmsg doctor`: will this machine catch its next crash? Changes nothing. @returns 0 ready, 3 not known, 10 not ready */
export function doctor(options: DoctorOptions): number {
  const root = options.root === undefined ? undefined : resolve(options.root);
  if (root !== undefined && !statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--root takes a directory; ${options.root} is not one`);
  const diagnosis = diagnose(localHost(root === '/' ? undefined : root));
  process.stdout.write(
    options.json ? `${JSON.stringify({ schemaVersion: 1, ...diagnosis }, undefined, 2)}\n` : doctorText(diagnosis, textOptions(options)),
  );
  return CODES[diagnosis.verdict];
}
