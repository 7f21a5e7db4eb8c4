import type { Group, Report } from './report.ts';
import type { Item } from './item.ts';

/** Something that keeps a report from being a pass, and that nothing else in it explains. */
export interface Headline {
  readonly group: Group;
  readonly item: Item;
}

/** What broke, and what could not be judged where nothing did: what is wrong first, each group in its order. */
export function headlinesOf({ groups }: Report): readonly Headline[] {
  const all = groups.flatMap((group) => {
    const explained = new Set(group.items.flatMap(({ consequences }) => consequences));
    return group.items
      .filter(({ id, exitCode }) => exitCode !== 0 && !explained.has(id))
      .map((item) => ({ group, item }));
  });
  return [...all.filter(({ item }) => item.exitCode === 1), ...all.filter(({ item }) => item.exitCode === 2)];
}
