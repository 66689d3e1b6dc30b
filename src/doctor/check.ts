import type { Host } from './host.ts';

/**
 * `ok`, `fail` (the next crash would be lost), `warn` (it would be caught, but less is learnt, or later), `unknown` (could not be
 * found out, with the reason).
 */
export type Status = 'ok' | 'fail' | 'warn' | 'unknown';

/** What one question came to. */
export interface Finding {
  readonly status: Status;
  /** What was found, in one sentence. */
  readonly found: string;
  /** What it means for the next crash. */
  readonly why?: string | undefined;
  /** Commands that mend it, each runnable as it stands by root. */
  readonly type?: readonly string[] | undefined;
  /** What makes it last over a reboot: a file, and the line that it should hold. */
  readonly persist?: { readonly file: string; readonly line: string } | undefined;
  /** The files that the answer was read from. */
  readonly from?: readonly string[] | undefined;
}

/** A question to a machine. */
export interface Check {
  readonly id: string;
  /** What is asked about, as a heading. */
  readonly title: string;
  readonly ask: (host: Host) => Finding | readonly Finding[];
}

export const ok = (found: string, more: Partial<Finding> = {}): Finding => ({ status: 'ok', found, ...more });
export const fail = (found: string, more: Partial<Finding> = {}): Finding => ({ status: 'fail', found, ...more });
export const warn = (found: string, more: Partial<Finding> = {}): Finding => ({ status: 'warn', found, ...more });
export const unknown = (found: string, more: Partial<Finding> = {}): Finding => ({ status: 'unknown', found, ...more });
