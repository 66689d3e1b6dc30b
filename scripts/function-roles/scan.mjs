// Where functions are defined: C and assembler read by the shape of definitions that kernel code keeps to. No preprocessor: what a macro
// builds is found only where the macro is one of those that define system calls and entry points.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** `static inline int name(args)` with its brace on this line or the next. */
const DEFINITION =
  /^(?!#|typedef|(?:struct|enum|union)\s+\w*\s*\{|return|else|if|for|while|switch)((?:[A-Za-z_]\w*[\s*]+)+?|)\**([A-Za-z_]\w*)\s*\(([^;{}]*)\)[^;{}()]*\{/gm;
/** x86, arm64, riscv, s390, loongarch; powerpc; mips; arm and others. */
const ENTRIES = [
  'SYM_(?:TYPED_)?(?:FUNC|CODE)_(?:START|ALIAS)\\w*|SYM_INNER_LABEL\\w*',
  '_GLOBAL\\w*',
  'LEAF|NESTED|FEXPORT',
  'ENTRY|GLOBAL|ENTRY_LOCAL|WEAK',
];
const ASSEMBLER = new RegExp(`^\\s*(?:${ENTRIES.join('|')})\\s*\\(\\s*(\\w+)`, 'gm');
/** Labels that the assembler keeps as symbols, and stacks show: arm's `Ldiv0_64`, of no other architecture. */
const LABEL = /^([A-Za-z_]\w*):/gm;
const DIRECTIVE = /^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm;
const EXPORTED = /\bEXPORT_SYMBOL\w*\(\s*(\w+)/g;
const KEYWORDS = new Set(['if', 'for', 'while', 'switch', 'return', 'sizeof', 'defined', 'else', 'do']);
/** include/linux/syscalls.h and the architectures' wrappers; SyS_ and SYSC_ until 4.16. */
const SYSTEM_CALL = ['__do_sys_', '__se_sys_', '__x64_sys_', '__arm64_sys_', '__ia32_sys_', 'sys_', 'SyS_', 'SYSC_'];

/** Calls `found(name, path, {isStatic, isExported})` for each function that a file below `root` defines. */
export function scan(root, wanted, found) {
  const walk = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const file = join(directory, entry.name);
      const path = relative(root, file);
      if (entry.isDirectory()) walk(file);
      else if (entry.isFile() && /\.[chS]$/.test(entry.name) && wanted(path)) read(file, path);
    }
  };
  const read = (file, path) => {
    const text = readFileSync(file, 'latin1')
      .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
      .replace(/\/\/[^\n]*/g, '')
      // what a macro calls is no definition
      .replace(DIRECTIVE, '');
    const exported = new Set();
    for (const [, name] of text.matchAll(EXPORTED)) exported.add(name);
    for (const [, type, name, args] of text.matchAll(DEFINITION)) {
      const first = args.split(',')[0].trim();
      if (/^(?:COMPAT_)?SYSCALL_DEFINE\d$/.test(name)) for (const prefix of SYSTEM_CALL) found(prefix + first, path);
      else if (/^[A-Z][A-Z0-9_]+$/.test(name)) {
        if (/^[a-z_]\w+$/.test(first)) found(first, path);
      } else if (!KEYWORDS.has(name)) found(name, path, { isStatic: /\bstatic\b/.test(type), isExported: exported.has(name) });
    }
    if (!path.endsWith('.S')) return;
    const patterns = path.startsWith('arch/arm/lib/') ? [ASSEMBLER, LABEL] : [ASSEMBLER];
    for (const pattern of patterns) for (const [, name] of text.matchAll(pattern)) found(name, path);
  };
  walk(root);
}
