import { writeFileSync } from 'node:fs';
import { refusal } from '../../dump/refusal.ts';
import type { Incident } from '../../event/event.ts';
import { crashScript } from '../../incident/crash-script.ts';
import { UsageError } from '../exit.ts';

/** Gathers the incidents of the inputs and writes the file for `crash -i`, once, if one was asked for. */
export class CrashScript {
  readonly #parts: string[] = [];

  constructor(readonly path: string | undefined) {}

  add(source: string, incidents: readonly Incident[]): void {
    if (this.path !== undefined) this.#parts.push(crashScript(source, incidents));
  }

  /** One that a worker made. */
  addText(script: string | undefined): void {
    if (script !== undefined) this.#parts.push(script);
  }

  /** @throws UsageError where the file cannot be written */
  write(): void {
    if (this.path === undefined || this.#parts.length === 0) return;
    try {
      writeFileSync(this.path, this.#parts.join('\n'));
    } catch (error) {
      throw new UsageError(`--crash-script ${this.path}: ${refusal(error)}`, { cause: error });
    }
  }
}
