import type { Kind } from '../event.ts';
import type { Machinery } from '../facts/draft.ts';

interface WarnTitle {
  readonly kind: Kind;
  readonly title: string;
  readonly alt?: readonly string[];
  readonly skip?: readonly Machinery[];
}

/**
 * WARNs of helpers that check their callers: the bug is the caller's, and the title says which helper complained.
 * By the file of the WARN, the function, or the message; first match wins.
 */
const HELPERS: readonly { readonly file?: RegExp; readonly symbol?: RegExp; readonly message?: RegExp; readonly result: WarnTitle }[] = [
  // Until 4.12 the hard lockup detector said so by a WARN in the NMI.
  {
    file: /kernel\/watchdog(?:_hld)?\.c$/,
    result: { kind: 'hard-lockup', title: 'BUG: hard lockup in {f}', alt: ['stall in {f}'], skip: ['stall'] },
  },
  { symbol: /^refcount_|^__refcount/, result: { kind: 'refcount', title: 'WARNING: refcount bug in {f}' } },
  { message: /^refcount_t: /, result: { kind: 'refcount', title: 'WARNING: refcount bug in {f}' } },
  { file: /lib\/list_debug\.c$/, result: { kind: 'list-corruption', title: 'BUG: corrupted list in {f}', alt: ['WARNING in {f}'] } },
  { symbol: /^__list_(?:add|del)/, result: { kind: 'list-corruption', title: 'BUG: corrupted list in {f}', alt: ['WARNING in {f}'] } },
  { message: /^ODEBUG: /, result: { kind: 'warning', title: 'WARNING: ODEBUG bug in {f}', skip: ['debugobjects'] } },
  { file: /lib\/debugobjects\.c$/, result: { kind: 'warning', title: 'WARNING: ODEBUG bug in {f}', skip: ['debugobjects'] } },
  { symbol: /^proc_register$/, result: { kind: 'warning', title: 'WARNING: proc registration bug in {f}' } },
  { file: /lib\/kobject\.c$/, result: { kind: 'warning', title: 'WARNING: kobject bug in {f}' } },
  {
    file: /kernel\/locking\/lockdep\.c$|kernel\/lockdep\.c$/,
    result: { kind: 'lockdep', title: 'WARNING: locking bug in {f}', skip: ['locking'] },
  },
  {
    symbol: /^(?:kmalloc_slab|kmalloc_large|__kmalloc|kvmalloc|kmalloc|__kvmalloc|kmem_cache)/,
    result: { kind: 'warning', title: 'WARNING: kmalloc bug in {f}' },
  },
  { symbol: /^usb_submit_urb$/, result: { kind: 'warning', title: 'WARNING in {f}/usb_submit_urb' } },
  { symbol: /^__vmalloc_node_range|^__vmalloc/, result: { kind: 'warning', title: 'WARNING: zero-size vmalloc in {f}' } },
];

/** How a WARN at this place is named. */
export function warnTitle(file: string | undefined, symbol: string | undefined, message: string | undefined): WarnTitle {
  const bare = (symbol ?? '').replace(/\..*$/, '');
  for (const { file: f, symbol: s, message: m, result } of HELPERS) {
    if (
      f?.test(file ?? '') ||
      (s !== undefined && bare !== '' && s.test(bare)) ||
      (m !== undefined && message !== undefined && m.test(message))
    )
      return result;
  }
  return { kind: 'warning', title: 'WARNING in {f}' };
}
