/** `kworker/u6:1[37]`: a task as the memory of a dump names it. */
export const nameOf = ({ comm, pid }: { readonly comm?: string | undefined; readonly pid?: number | undefined }): string =>
  `${comm ?? '?'}[${pid ?? '?'}]`;

/** Functions of a stack that a sentence names. */
const NAMED = 3;

/** `native_queued_spin_lock_slowpath < _raw_spin_lock < xyz_poll`, the innermost first. */
export const stackText = (functions: readonly string[]): string => functions.slice(0, NAMED).join(' < ');
