/** Words between blanks; what stands in double quotes holds together, as in a kernel's command line. */
export const words = (line: string): string[] => line.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];

/** NAME=value lines of a shell's defaults or of an os-release, quotes taken off, comments left out, in their order. */
export const assignments = (text: string): [name: string, value: string][] =>
  [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]*))/gm)].map(
    ([, name, double, single, bare]) => [name ?? '', double ?? single ?? bare ?? ''],
  );

/** `key value` lines such as those of kdump.conf; comments left out. */
export const settings = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^[ \t]*([\w.-]+)[ \t]+(\S.*?)[ \t]*$/gm)].map(([, key = '', value = '']) => [key, value]));

/** A value of `[Section] Key=value` files as systemd reads them: the last file that says it wins. @param texts in the order of their reading */
export function unitValue(texts: readonly string[], key: string): string | undefined {
  const values = texts.flatMap((text) => [...text.matchAll(new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'gm'))]);
  return values.at(-1)?.[1];
}

const UNITS = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, P: 2 ** 50 };

/** `256M` in bytes; undefined where it is no size. */
export function parseSize(text: string): number | undefined {
  const [, digits, unit = ''] = /^(0x[\da-f]+|\d+)([KMGTP]?)$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit.toUpperCase() as keyof typeof UNITS] ?? 1);
}

/** Bytes in the largest binary unit that keeps them above 1. */
export function size(bytes: number): string {
  const at = Math.min(4, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  const value = bytes / 1024 ** at;
  return `${Number.isInteger(value) || value >= 100 ? Math.round(value) : value.toFixed(1)} ${['bytes', 'KiB', 'MiB', 'GiB', 'TiB'][at]}`;
}
