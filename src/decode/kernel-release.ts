/** The numbers of a kernel release that tables are chosen by; a distribution's suffix is kept in `text`. */
export interface KernelRelease {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** A release as a table names it: `[5, 1]`, `[2, 6, 38]`. */
export type Since = readonly [major: number, minor: number, patch?: number];

/** Reads `6.12.107+deb13-amd64`, `2.6.32-754.el6.x86_64`, `7.2-rc1`; undefined where there is no release in the text. */
export function parseRelease(text: string | undefined): KernelRelease | undefined {
  const m = /^\D{0,20}?(\d{1,3})\.(\d{1,4})(?:\.(\d{1,5}))?/.exec(text ?? '');
  return m && text !== undefined ? { text, major: Number(m[1]), minor: Number(m[2]), patch: Number(m[3] ?? 0) } : undefined;
}

/** Whether the release is the given one or later. Vendors backport, so callers treat the answer as likely, not certain. */
export function atLeast(release: KernelRelease, [major, minor, patch = 0]: Since): boolean {
  const difference = release.major - major || release.minor - minor || release.patch - patch;
  return difference >= 0;
}
