/** What the system refuses, in the words of errno(3). */
const PHRASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    EISDIR: 'is a directory',
    ENOTDIR: 'not a directory',
    EROFS: 'read-only file system',
    ENOSPC: 'no space left on device',
    EDQUOT: 'disk quota exceeded',
    ELOOP: 'too many levels of symbolic links',
    ENAMETOOLONG: 'file name too long',
    EMFILE: 'too many open files',
    EIO: 'input/output error',
    ENXIO: 'no such device or address',
  }),
);

/** The phrase for what the system refused; undefined where it was something else. */
export const phraseOf = (error: unknown): string | undefined => PHRASES.get((error as NodeJS.ErrnoException | undefined)?.code ?? '');

/** Why the system refused something: its own phrase, without path and call. */
export const refusal = (error: unknown): string => phraseOf(error) ?? (error as Error).message;
