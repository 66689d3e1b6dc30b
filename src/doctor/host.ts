/**
 * What the checks may ask of a machine, running or an image of one. All paths are absolute as the machine itself would say them;
 * nothing is ever written.
 */
export interface Host {
  /** It runs here and now: /proc and /sys tell its state. False for `--root DIR`. */
  readonly live: boolean;
  /** A file's text (its first MiB); undefined where there is none or it cannot be read. */
  text(path: string): string | undefined;
  /** A file's bytes, as text() gives its text. */
  bytes(path: string): Uint8Array | undefined;
  /** Names in a directory, sorted; empty where there is none. */
  list(path: string): readonly string[];
  exists(path: string): boolean;
  /** It is there, and we may not read it. */
  denied(path: string): boolean;
  /** Of the file system that a path lies on, or would lie on once it was made. */
  space(path: string): Space | undefined;
  /** What a program says of its version; undefined where it is missing, or the machine is an image. */
  version(program: string, option: string): string | undefined;
}

export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** major:minor of the block device behind it. */
  readonly device?: string | undefined;
}
