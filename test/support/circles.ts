/** Groups of nodes that reach each other, each group and the list of them sorted: Tarjan's strongly connected components of two or more. */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const visit = (node: string): number => {
    const mine = order.size;
    order.set(node, mine);
    lowest.set(node, mine);
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const low = order.has(next) ? (path.includes(next) ? order.get(next)! : mine) : visit(next);
      lowest.set(node, Math.min(lowest.get(node)!, low));
    }
    if (lowest.get(node) === mine) {
      const group = path.splice(path.indexOf(node));
      if (group.length > 1 || graph.get(node)?.includes(node)) found.push(group.sort());
    }
    return lowest.get(node)!;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found.sort();
}
