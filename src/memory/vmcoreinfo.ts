/**
 * VMCOREINFO: what the kernel says about itself for dump tools, `KEY=value` a line (kernel/vmcore_info.c, formats.md 2.1).
 * Broken text is tolerated: lines are cut at 80 bytes without a newline, the last keys may be missing; of a key that repeats the
 * last value counts.
 */
export class Vmcoreinfo {
  readonly #values = new Map<string, string>();

  constructor(readonly text: string) {
    for (const line of text.split('\n')) {
      const equals = line.indexOf('=');
      if (equals > 0) this.#values.set(line.slice(0, equals), line.slice(equals + 1));
    }
  }

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** Run-time address of a symbol, KASLR applied. 0 means that the kernel has none. */
  symbol(name: string): bigint | undefined {
    return this.hex(`SYMBOL(${name})`) || undefined;
  }

  offset(name: string): number | undefined {
    return this.#decimal(`OFFSET(${name})`);
  }

  size(name: string): number | undefined {
    return this.#decimal(`SIZE(${name})`);
  }

  length(name: string): number | undefined {
    return this.#decimal(`LENGTH(${name})`);
  }

  /** Signed decimal by rule, hex with `0x` where an architecture prints it so. */
  number(name: string): bigint | undefined {
    const value = this.get(`NUMBER(${name})`)?.trim();
    return value !== undefined && /^(-?\d+|0x[0-9a-f]+)$/i.test(value) ? BigInt(value) : undefined;
  }

  /** A value that the kernel prints with %lx: hex without `0x`. */
  hex(key: string): bigint | undefined {
    const value = this.get(key)?.trim();
    return value !== undefined && /^[0-9a-f]{1,16}$/i.test(value) ? BigInt(`0x${value}`) : undefined;
  }

  get release(): string | undefined {
    return this.get('OSRELEASE');
  }

  get pageSize(): number | undefined {
    const size = this.#decimal('PAGESIZE');
    return size !== undefined && size >= 4096 && size <= 1 << 20 && (size & (size - 1)) === 0 ? size : undefined;
  }

  /** Seconds since 1970 when the crash was saved; absent where the machine did not crash (QEMU's and live dumps). */
  get crashTime(): number | undefined {
    const seconds = this.#decimal('CRASHTIME');
    return seconds !== undefined && seconds < 2 ** 33 ? seconds : undefined;
  }

  #decimal(key: string): number | undefined {
    const value = this.get(key)?.trim();
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  }
}

/** Which of the three printk generations the kernel has: decided on keys, never on the release (distributions backport). */
export type LogGeneration = 'lockless' | 'records' | 'flat';

export function logGeneration(info: Vmcoreinfo): LogGeneration | undefined {
  if (info.symbol('prb') !== undefined) return 'lockless'; // since 5.10
  if (info.symbol('log_first_idx') !== undefined) return 'records'; // 3.5 to 5.9
  if (info.symbol('log_end') !== undefined) return 'flat'; // up to 3.4
  return undefined;
}
