import type { CstNode, IToken } from 'chevrotain';

/** The tokens of a kind below a node, in the line's order. */
export const tokensOf = (node: CstNode | undefined, name: string): readonly IToken[] =>
  (node?.children[name] ?? []).filter((child): child is IToken => 'image' in child);

export const nodesOf = (node: CstNode | undefined, name: string): readonly CstNode[] =>
  (node?.children[name] ?? []).filter((child): child is CstNode => 'children' in child);

export const imageOf = (node: CstNode | undefined, name: string, index = 0): string | undefined => tokensOf(node, name)[index]?.image;

/** `active_anon` → `activeAnon`, `isolated(anon)` → `isolatedAnon`, `total-vm` → `totalVm`, `Balloon` → `balloon`. */
export function camelCase(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((w) => w !== '');
  return words.map((w, i) => (i === 0 ? w.charAt(0).toLowerCase() : w.charAt(0).toUpperCase()) + w.slice(1)).join('');
}
