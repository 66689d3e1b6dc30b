/** One name in an archive, as it passes by. */
export type Entry =
  | {
      readonly kind: 'file';
      readonly name: string;
      /** Microseconds since 1970 at which it was last written. */
      readonly mtime?: number | undefined;
      /** Its content. May be left early; what is damaged ends early. */
      readonly chunks: AsyncIterable<Buffer>;
    }
  | { readonly kind: 'directory'; readonly name: string }
  /** Not read: `what` says why, in the plural. */
  | { readonly kind: 'other'; readonly name: string; readonly what: LeftOut };

/** What is left out of an archive, in words; the first are of no interest where there is anything else to read. */
export type LeftOut = 'links' | 'devices' | 'sparse files' | 'encrypted files' | 'files in a compression that is not read';

/** Takes one entry; its content is gone when the promise is settled. */
export type Visit = (entry: Entry) => Promise<void>;
