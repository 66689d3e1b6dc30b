import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says } from '../opens.ts';

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
});
