/** What the name of a file under /sys/fs/pstore tells. */
export interface PartName {
  readonly kind: 'dmesg' | 'console' | 'other';
  readonly backend: string;
  readonly id: number;
  /** Seconds since 1970, where the backend keeps them in the id. */
  readonly time?: number | undefined;
  readonly compressed: boolean;
}

const NAME = /(?:^|\/)(dmesg|console|pmsg|ftrace|mce|rtas|powerpc-ofw|powerpc-common|powerpc-opal)-([a-z_]+)-(\d+)((?:\.enc)?\.z)?$/;
/** efi_pstore's id: seconds, part (2 digits), count (3 digits), since 3.10 (e0d59733f6b1). */
const EFI_TAIL = 100_000;

/** Reads `dmesg-efi-179538159001001`, `dmesg-ramoops-0.enc.z`, `console-ramoops-0`; undefined for other names. */
export function partName(path: string): PartName | undefined {
  const match = NAME.exec(path);
  if (match === null) return undefined;
  const [, type = '', backend = '', digits = '', compressed] = match;
  const id = Number(digits);
  return {
    kind: type === 'dmesg' ? 'dmesg' : type === 'console' ? 'console' : 'other',
    backend,
    id,
    time: backend.startsWith('efi') && digits.length >= 15 ? Math.floor(id / EFI_TAIL) : undefined,
    compressed: compressed !== undefined,
  };
}
