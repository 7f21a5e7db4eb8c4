import { normalDistribution } from '../../../numerics/index.ts';

/** A Markov chain: state i goes to state j with probability transition[i][j]. */
export interface MarkovChain {
  readonly states: readonly number[];
  readonly transition: readonly (readonly number[])[];
}

/**
 * x′ = ρx + σε on equidistant nodes over ±deviations stationary standard deviations, with the mass beyond on the end
 * nodes (Tauchen 1986). Without a shock it has one node, 0.
 *
 * @example tauchen({ rho: 0.9, sigma: 0.1 }, 9, 2).states[8] // 2 · 0.1/√(1−0.81) = 0.459
 */
export function tauchen(
  { rho, sigma }: { readonly rho: number; readonly sigma: number },
  nodes: number,
  deviations: number,
): MarkovChain {
  if (sigma === 0 || nodes === 1) return { states: [0], transition: [[1]] };
  const bound = (deviations * sigma) / Math.sqrt((1 - rho) * (1 + rho));
  const step = (2 * bound) / (nodes - 1);
  const states = Array.from({ length: nodes }, (_, index) => index * step - bound);
  const transition = states.map((from) => {
    // The probability of ending below the edge above each node; there is no edge above the last.
    const below = states.map((to, index) =>
      index === nodes - 1 ? 1 : normalDistribution((to + step / 2 - rho * from) / sigma),
    );
    return below.map((share, index) => share - (below[index - 1] ?? 0));
  });
  return { states, transition };
}

/**
 * The stationary distribution of a chain, by repeated squaring of its transition: 2⁶⁰ periods are more than any chain
 * needs that forgets at all.
 */
export function stationaryDistribution({ transition }: Pick<MarkovChain, 'transition'>): readonly number[] {
  let power = transition;
  for (let squaring = 0; squaring < 60; squaring += 1) {
    const squared = power.map((row) =>
      row.map((_, column) =>
        row.reduce((sum, share, inner) => sum + share * (power[inner]?.[column] ?? Number.NaN), 0),
      ),
    );
    // Rows sum to 1 but for rounding, which squaring would double each time.
    power = squared.map((row) => {
      const total = row.reduce((sum, share) => sum + share, 0);
      return row.map((share) => share / total);
    });
  }
  return power[0] ?? [];
}
