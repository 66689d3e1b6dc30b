import type { Registers } from '../../../unwind/stack.ts';

/** Rows of registers as crash prints them on x86-64: label, and the name that the stack walker knows. */
const X86: readonly (readonly (readonly [label: string, name: string])[])[] = [
  [
    ['RIP', 'ip'],
    ['RSP', 'sp'],
    ['RFLAGS', 'flags'],
  ],
  [
    ['RAX', 'ax'],
    ['RBX', 'bx'],
    ['RCX', 'cx'],
  ],
  [
    ['RDX', 'dx'],
    ['RSI', 'si'],
    ['RDI', 'di'],
  ],
  [
    ['RBP', 'bp'],
    ['R8', 'r8'],
    ['R9', 'r9'],
  ],
  [
    ['R10', 'r10'],
    ['R11', 'r11'],
    ['R12', 'r12'],
  ],
  [
    ['R13', 'r13'],
    ['R14', 'r14'],
    ['R15', 'r15'],
  ],
  [
    ['ORIG_RAX', 'orig_ax'],
    ['CS', 'cs'],
    ['SS', 'ss'],
  ],
];
/** The others, four a row. */
const OTHERS: readonly string[] = [
  ...['pc', 'sp', 'lr', 'pstate', 'psw', 'psw_mask', 'nip', 'link', 'msr', 'ctr', 'ip', 'flags', 'cs', 'ra', 'gp', 'tp', 'cpsr'],
  ...['ax', 'bx', 'cx', 'dx', 'si', 'di', 'bp', 'ds', 'es', 'fs', 'gs', 'ss', 'orig_ax', 'orig_r3'],
  ...Array.from({ length: 12 }, (_, i) => `s${i}`),
  ...Array.from({ length: 7 }, (_, i) => `t${i}`),
  ...Array.from({ length: 8 }, (_, i) => `a${i}`),
  ...Array.from({ length: 32 }, (_, i) => `r${i}`),
  ...Array.from({ length: 31 }, (_, i) => `x${i}`),
];
const WIDTHS: ReadonlyMap<string, number> = new Map(Object.entries({ RFLAGS: 8, CS: 4, SS: 4 }));

/** The registers of an interrupted context, as far as they were saved. */
export function registersText(registers: Registers): string {
  const is64 = registers('r15') !== undefined && registers('ss') !== undefined && registers('r8') !== undefined;
  if (is64)
    return X86.map((row) =>
      rowText(row.map(([label, name]) => cell(/^R\d$/.test(label) ? ` ${label}` : label, registers(name), WIDTHS.get(label)))),
    ).join('');
  const known = OTHERS.filter((name) => registers(name) !== undefined);
  const rows: string[] = [];
  for (let i = 0; i < known.length; i += 4)
    rows.push(rowText(known.slice(i, i + 4).map((name) => cell(name.toUpperCase().padStart(3), registers(name), undefined))));
  return rows.join('');
}

const rowText = (cells: readonly string[]): string => `    ${cells.join('  ')}\n`;

const cell = (label: string, value: bigint | undefined, width = 16): string =>
  `${label}: ${value === undefined ? '-'.repeat(width) : value.toString(16).padStart(width, '0')}`;
