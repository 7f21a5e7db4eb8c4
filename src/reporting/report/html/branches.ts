import type { Item } from '../item.ts';

/** An item with what follows from it. */
export interface Branch {
  readonly item: Item;
  readonly follow: readonly Branch[];
}

/** Items as a tree of causes, in their order. Each is in it once: behind the first that leads to it. */
export function branchesOf(items: readonly Item[]): readonly Branch[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const shown = new Set<string>();
  const branch = (item: Item): Branch => {
    shown.add(item.id);
    return {
      item,
      follow: item.consequences.flatMap((id) => {
        const next = byId.get(id);
        return next === undefined || shown.has(id) ? [] : [branch(next)];
      }),
    };
  };
  const explained = new Set(items.flatMap(({ consequences }) => consequences));
  const roots = items.filter(({ id }) => !explained.has(id)).map(branch);
  // Of a circle no item comes first: the one that is listed first stands for it.
  return [...roots, ...items.flatMap((item) => (shown.has(item.id) ? [] : [branch(item)]))];
}
