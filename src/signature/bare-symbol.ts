/** What compilers and linkers add to a function's name: outlined, cloned and promoted copies of it. */
const SUFFIX = /\.(?:isra|constprop|cold|part|llvm|lto_priv|localalias|clone|hot|unlikely)(?:\.\d+)*|\.\d+$|\.__uniq\.\d+|\.cfi(?:_jt)?$/g;

/** The function's name without compiler suffixes: `el0_svc_common.constprop.0` → `el0_svc_common`; powerpc's `.foo` → `foo`. */
export const bareSymbol = (symbol: string): string =>
  symbol.includes('.') ? symbol.replace(/^\.(?=[A-Za-z_])/, '').replace(SUFFIX, '') : symbol;

/** Since 4.17 the wrappers of SYSCALL_DEFINEx() are one for each way in. */
const WRAPPER = '__(?:x64|ia32|arm64|arm|s390x?|riscv|ppc|loongarch|mips|powerpc|se|do|x32)_(?:compat_)?sys_';
const SYSTEM_CALL = new RegExp(String.raw`^(?:${WRAPPER}|SyS_|SYSC_|C_SYSC_|sys_|ksys_|compat_sys_)([a-z]\w*)$`);

/** The system call behind its entry wrappers: `__x64_sys_mremap`, `__se_sys_mremap`, `SyS_mremap` are all `sys_mremap`. */
export const systemCall = (symbol: string): string | undefined => SYSTEM_CALL.exec(symbol)?.[1];
