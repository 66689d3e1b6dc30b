/** How the patterns of all tables begin, as `writeStarts` says it; the build (scripts/known-starts.mjs) puts it here. */
export const KNOWN: string | undefined = undefined;
