/** `active_anon` → `activeAnon`, `isolated(anon)` → `isolatedAnon`, `total-vm` → `totalVm`, `Balloon` → `balloon`. */
export function camelCase(key: string): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((w) => w !== '');
  return words.map((w, i) => (i === 0 ? w.charAt(0).toLowerCase() : w.charAt(0).toUpperCase()) + w.slice(1)).join('');
}
