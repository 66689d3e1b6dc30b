/** What compilers and linkers add to a function's name: outlined, cloned and promoted copies of it. */
const SUFFIX = /\.(?:isra|constprop|cold|part|llvm|lto_priv|localalias|clone|hot|unlikely)(?:\.\d+)*|\.\d+$|\.__uniq\.\d+|\.cfi(?:_jt)?$/g;

/** The function's name without compiler suffixes: `el0_svc_common.constprop.0` → `el0_svc_common`; powerpc's `.foo` → `foo`. */
export const bareSymbol = (symbol: string): string =>
  symbol.includes('.') ? symbol.replace(/^\.(?=[A-Za-z_])/, '').replace(SUFFIX, '') : symbol;

/** The system call behind its entry wrappers: `__x64_sys_mremap`, `__se_sys_mremap`, `SyS_mremap` are all `sys_mremap`. */
export function systemCall(symbol: string): string | undefined {
  const found =
    /^(?:__(?:x64|ia32|arm64|arm|s390x?|riscv|ppc|loongarch|mips|powerpc|se|do|x32)_(?:compat_)?sys_|__do_sys_|SyS_|SYSC_|sys_|ksys_|compat_sys_|C_SYSC_)([a-z]\w*)$/.exec(
      symbol,
    );
  return found?.[1];
}
