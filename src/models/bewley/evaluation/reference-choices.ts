import { logAbilityDeviation } from '../ability.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { ReferenceSolution } from '../reference/index.ts';
import { abilityChain, householdTerms, marginalUtility } from '../reference/index.ts';
import { eulerConsumption } from '../reference/expected-utility.ts';

/** A reference solution that has policies by state: one of an economy with risk. */
export type RiskyReference = Extract<ReferenceSolution, { method: 'endogenous-grid' }>;

/** What the reference solution chooses, (agents) each or one of each. */
export interface ReferenceChoice {
  readonly consumption: number;
  readonly labor: number;
  /** s = a′/m. */
  readonly savingsRatio: number;
  /** h: 1 where something is saved, β E[u_c′ R′]/u_c where nothing is. */
  readonly marginalReturn: number;
}

/** Choices of the reference solution at any wealth and ability. */
export interface ReferenceChoices {
  /** Logarithms of normal ability at the nodes, ascending and equidistant. */
  readonly logAbilities: readonly number[];
  readonly hasStar: boolean;
  /** At a node of normal ability, or that of the star, which comes last: linear in wealth between points. */
  readonly atNode: (node: number, wealth: number) => ReferenceChoice;
  /** At any ability: linear in its logarithm between nodes, and straight on beyond them. */
  readonly at: (wealth: number, ability: number, isStar: boolean) => ReferenceChoice;
}

/** Choices as functions, of the tables of a solution of this economy. Prices are those of the solution. */
export function referenceChoices(
  configuration: BewleyConfiguration,
  { policies, wage, mpk, rate }: RiskyReference,
): ReferenceChoices {
  const { abilities, assets } = policies;
  const hasStar = configuration.ability.star.become > 0;
  const logAbilities = abilities.slice(0, hasStar ? -1 : undefined).map(Math.log);
  const spent = 1 + configuration.taxes.consumption;
  const returns = marginalReturns(configuration, { policies, wage, mpk, rate }, logAbilities);
  const atNode = (node: number, wealth: number): ReferenceChoice => {
    const { point, share } = placeOf(assets, wealth);
    const between = (rows: readonly ArrayLike<number>[]): number => {
      const row = rows[node] ?? [];
      const left = row[point] ?? Number.NaN;
      return left + share * ((row[point + 1] ?? Number.NaN) - left);
    };
    const consumption = between(policies.consumption);
    const saved = Math.max(0, between(policies.saved));
    return {
      consumption,
      labor: between(policies.labor),
      savingsRatio: saved / (saved + spent * consumption),
      marginalReturn: between(returns),
    };
  };
  const at = (wealth: number, ability: number, isStar: boolean): ReferenceChoice => {
    if (isStar && hasStar) return atNode(logAbilities.length, wealth);
    const { node, share } = nodeOf(logAbilities, Math.log(ability));
    const left = atNode(node, wealth);
    if (share === 0) return left;
    const right = atNode(node + 1, wealth);
    const mixed = (name: keyof ReferenceChoice): number => left[name] + share * (right[name] - left[name]);
    return {
      consumption: mixed('consumption'),
      labor: mixed('labor'),
      savingsRatio: Math.max(0, mixed('savingsRatio')),
      marginalReturn: Math.min(1, mixed('marginalReturn')),
    };
  };
  return { logAbilities, hasStar, atNode, at };
}

/** Below a node, and how far from it to the next; under 0 or over 1 beyond the ends. */
function nodeOf(logs: readonly number[], log: number): { readonly node: number; readonly share: number } {
  const [first = Number.NaN, second] = logs;
  if (second === undefined) return { node: 0, share: 0 };
  const place = (log - first) / (second - first);
  const node = Math.min(logs.length - 2, Math.max(0, Math.floor(place)));
  return { node, share: place - node };
}

/** The point below this wealth, and how far from it to the next. */
function placeOf(
  points: readonly number[],
  wealth: number,
): { readonly point: number; readonly share: number } {
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle] ?? Number.NaN) > wealth) high = middle;
    else low = middle;
  }
  const left = points[low] ?? Number.NaN;
  return { point: low, share: (wealth - left) / ((points[high] ?? Number.NaN) - left) };
}

/** h by state. Where something is saved it is 1, to what the grid is off the Euler equation. */
function marginalReturns(
  configuration: BewleyConfiguration,
  { policies, wage, mpk, rate }: Pick<RiskyReference, 'policies' | 'wage' | 'mpk' | 'rate'>,
  logAbilities: readonly number[],
): readonly Float64Array[] {
  const { ability, preferences } = configuration;
  const { assets, consumption, saved, labor, income } = policies;
  const deviation = logAbilityDeviation(ability);
  const reach = (logAbilities.at(-1) ?? Number.NaN) - Math.log(ability.median);
  const { transition } = abilityChain(ability, {
    nodes: logAbilities.length,
    // Without risk there is one node, however wide.
    deviations: deviation === 0 ? 1 : reach / deviation,
  });
  const points = assets.length;
  const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());
  const asked = eulerConsumption(
    householdTerms(configuration, { wage, mpk, rate }),
    Float64Array.from(assets),
    transition,
    { consumption: flat(consumption), labor: flat(labor), saved: flat(saved), income: flat(income) },
  );
  return saved.map((row, node) =>
    Float64Array.from(row, (kept, point) => {
      if (kept > 0) return 1;
      const chosen = marginalUtility(preferences, consumption[node]?.[point] ?? Number.NaN);
      return marginalUtility(preferences, asked[node * points] ?? Number.NaN) / chosen;
    }),
  );
}
