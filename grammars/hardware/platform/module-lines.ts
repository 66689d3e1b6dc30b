import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, starts } from '../opens.ts';

/** A module that does not fit its kernel. */
const MODULE = String.raw`^(?<module>[\w-]+): `;
const re = (source: string): RegExp => new RegExp(`${MODULE}${source}`);
const named = (text: string): boolean => /^[\w-]+: [a-zA-Z]/.test(text);

/** Why a module did not load: kernel/module. */
export const MODULE_LINES = lines({
  check_version: {
    printer: 'kernel/module/version.c check_version()',
    releases: 'kernel/module.c until 5.17',
    examples: ['driver_xyz: disagrees about version of symbol module_layout', 'driver_xyz: no symbol version for module_layout'],
    ...says('line', ['disagrees about version of symbol ', 'no symbol version for '], named),
    reads: [re(String.raw`(?<what>disagrees about version of symbol|no symbol version for) (?<symbol>\S+)`)],
    fields: { module: words, what: words, symbol: words },
  },
  resolve_symbol: {
    printer: 'kernel/module/main.c simplify_symbols()',
    examples: ['driver_xyz: Unknown symbol xyz_register (err -2)'],
    ...says('line', ['Unknown symbol '], (text) => named(text) && / \(err /.test(text)),
    start: /[\w-]+: Unknown symbol \S+ \(err /,
    reads: [re(String.raw`(?<what>Unknown symbol) (?<symbol>\S+) \(err (?<errno>-?\d+)\)`)],
    fields: { module: words, what: words, symbol: words, errno: int },
  },
  check_modinfo: {
    printer: 'kernel/module/main.c check_modinfo()',
    examples: ["driver_xyz: version magic '6.1.0-xyz SMP mod_unload ' should be '6.1.1-xyz SMP mod_unload '"],
    ...says('line', ["version magic '"], named),
    reads: [re(String.raw`(?<what>version magic) '(?<magic>[^']*)' should be '(?<wanted>[^']*)'`)],
    fields: { module: words, what: words, magic: words, wanted: words },
  },
  module_sig_check: {
    printer: 'kernel/module/signing.c module_sig_check()',
    releases: 'since 5.2; `Loading of unsigned module is restricted` with lockdown',
    examples: ['driver_xyz: Loading of unsigned module is rejected', 'Loading of module with unavailable key is rejected'],
    ...says('line', ['Loading of '], (text) => /Loading of .*module.* is (?:rejected|restricted)/.test(text)),
    start: /(?:[\w-]+: )?Loading of [^\n]*module[^\n]* is (?:rejected|restricted)/,
    reads: [re(String.raw`(?<what>Loading of .*?is re\w+ted)`), /(?<what>Loading of .*?is re\w+ted)/],
    fields: { module: words, what: words },
  },
  verify_exported_symbols: {
    printer: 'kernel/module/main.c verify_exported_symbols()',
    examples: ['driver_xyz: exports duplicate symbol xyz_register (owned by driver_abc)'],
    ...says('line', ['exports duplicate symbol '], named),
    reads: [re(String.raw`(?<what>exports duplicate symbol) (?<symbol>\S+) \(owned by (?<owner>\S+)\)`)],
    fields: { module: words, what: words, symbol: words, owner: words },
  },
  elf_validity: {
    printer: 'kernel/module/main.c elf_validity_cache_copy()',
    releases: 'elf_validity_check() until 6.12; without words until 5.12',
    examples: [
      'Invalid ELF header magic: != ?ELF',
      'Invalid ELF section header overflow',
      "ELF Spec violation: section name table isn't null terminated",
      'Invalid architecture in ELF header: 183',
      'module driver_xyz: .gnu.linkonce.this_module section must have a size set',
      'Only one .modinfo section must exist.',
      'Module has invalid ELF structures',
    ],
    start: new RegExp(
      'Invalid ELF (?:header|section|sh_link|symbol)|ELF Spec violation: |Invalid (?:module )?architecture in ELF header|' +
        String.raw`module [^\n]{1,80}: [^\n]{0,40}\.gnu\.linkonce\.this_module section must|Only one \.modinfo section|Module has invalid ELF`,
    ),
    opens: [
      {
        form: 'line',
        literals: ['Invalid ELF header', 'Invalid ELF section', 'Invalid ELF sh_link', 'Invalid ELF symbol', 'ELF Spec violation: '],
      },
      { form: 'line', literals: ['Invalid architecture in ELF header', 'Invalid module architecture in ELF header'] },
      { form: 'line', literals: ['module '], test: (text) => /^module .{1,120}\.gnu\.linkonce\.this_module section must/.test(text) },
      { form: 'line', literals: ['Only one .modinfo section', 'Module has invalid ELF structures'] },
    ],
    reads: [/^module (?<module>[\w-]+): .*?(?<what>\.gnu\.linkonce\.this_module section must .*)/, /^(?<what>[^:!]+)/],
    fields: { module: words, what: words },
  },
  elf_validity_strings: {
    printer: 'kernel/module/main.c elf_validity_cache_strtab(), elf_validity_cache_secstrings()',
    releases: 'since 6.13',
    examples: ['symbol string table missing leading NUL', 'empty section name table', 'more extended version crcs than names'],
    ...starts('line', [
      ...['empty section name table', 'empty symbol string table', 'symbol string table missing leading NUL'],
      ...["symbol string table isn't NUL terminated", 'symbol name out of bounds in string table'],
      ...['extended version crc+name presence does not match', 'more extended version crcs than names'],
    ]),
    reads: [/^(?<what>.*)/],
    fields: { what: words },
  },
  resolve_symbol_refused: {
    printer: 'kernel/module/main.c verify_namespace_is_imported(), inherit_taint(), resolve_symbol_wait(), check_modinfo_livepatch()',
    releases: 'since 2.6.27; namespaces since 5.4, proprietary symbols since 5.9',
    examples: [
      'driver_xyz: module uses symbol (xyz_register) from namespace XYZ, but does not import it.',
      'driver_xyz: module using GPL-only symbols uses symbols xyz_register from proprietary module driver_abc.',
      'driver_xyz: gave up waiting for init of module driver_abc.',
      'driver_xyz: Symbol xyz_register has an invalid section index 90 (max 60)',
      'driver_xyz: module is marked as livepatch module, but livepatch support is disabled',
      'driver_xyz: no flags for exported symbols',
      'driver_xyz: module is already loaded',
    ],
    ...says(
      'line',
      [
        'module uses symbol (',
        'module using GPL-only symbols uses symbols ',
        'gave up waiting for init of module ',
        'module is marked as livepatch module, but ',
        'no flags for exported symbols',
        'module is already loaded',
        'Symbol ',
      ],
      (text) => named(text) && (!text.includes(': Symbol ') || text.includes(' has an invalid section index')),
    ),
    start: new RegExp(
      String.raw`[\w-]+: (?:module (?:uses symbol \(|using GPL-only symbols uses|is (?:marked as livepatch module, but|already loaded))|` +
        String.raw`gave up waiting for init of|no flags for exported|Symbol \S+ has an invalid section index)`,
    ),
    reads: [
      re(String.raw`(?<what>module uses symbol) \((?<symbol>[^)]+)\) from namespace`),
      re(String.raw`(?<what>gave up waiting for init of module) (?<owner>[\w-]+)`),
      re(String.raw`(?<what>Symbol \S+ has an invalid section index)`),
      re('(?<what>[^,]+?)\\.?(?:,|$)'),
    ],
    fields: { module: words, what: words, symbol: words, owner: words },
  },
});
