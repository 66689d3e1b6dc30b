/** `java[24901]`; `pid 24901` where the log has no name. A name is a byte string of the log: who prints it escapes it. */
export const taskName = (comm: string | undefined, pid: number | undefined): string | undefined =>
  comm === undefined ? (pid === undefined ? undefined : `pid ${pid}`) : pid === undefined ? comm : `${comm}[${pid}]`;
