import type { Format } from './formats.ts';

/** What is deliberately not recognised, and why. */
const IGNORED: readonly (readonly [reason: string, test: (format: Format) => boolean])[] = [
  ['says what was configured or found at start', ({ macro }) => /^(?:pr|dev|netdev|pci|drm|xfs|f2fs)_(?:info|notice)/.test(macro)],
];

/** Why a message is deliberately not recognised; undefined where it is not. */
export const ignored = (format: Format): string | undefined => IGNORED.find(([, test]) => test(format))?.[0];
