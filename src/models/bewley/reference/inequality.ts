/** How unevenly something is owned. */
export interface Inequality {
  /** Gini coefficient: 0 when all own the same. */
  readonly gini: number;
  /** Shares of everything that the richest agents own. */
  readonly topShares: { readonly top1: number; readonly top5: number; readonly top10: number };
}

/**
 * Gini coefficient and top shares of holdings with these shares of agents: along the Lorenz curve, straight between
 * holdings. NaN when nobody owns anything.
 */
export function inequalityOf(
  holdings: readonly { readonly owned: number; readonly share: number }[],
): Inequality {
  const ascending = holdings.filter(({ share }) => share > 0).sort((left, right) => left.owned - right.owned);
  const total = ascending.reduce((sum, { owned, share }) => sum + share * owned, 0);
  const lorenz = [{ agents: 0, owned: 0 }];
  let twiceArea = 0;
  for (const { owned, share } of ascending) {
    const { agents, owned: before } = lorenz.at(-1) ?? { agents: 0, owned: 0 };
    const now = before + (share * owned) / total;
    twiceArea += share * (before + now);
    lorenz.push({ agents: agents + share, owned: now });
  }
  const top = (share: number): number => 1 - ownedBelow(lorenz, 1 - share);
  return { gini: 1 - twiceArea, topShares: { top1: top(0.01), top5: top(0.05), top10: top(0.1) } };
}

function ownedBelow(lorenz: readonly { agents: number; owned: number }[], agents: number): number {
  const above = Math.max(
    1,
    lorenz.findIndex((point) => point.agents >= agents),
  );
  const [left, right] = [lorenz[above - 1], lorenz[above]];
  if (left === undefined || right === undefined) return Number.NaN;
  return left.owned + ((right.owned - left.owned) * (agents - left.agents)) / (right.agents - left.agents);
}
