import type { BewleyConfiguration } from '../configuration.ts';
import type { FactorPrices } from './firm.ts';
import { outputOf } from './firm.ts';
import type { Aggregates } from './aggregates.ts';
import type { EulerErrors } from './euler-errors.ts';
import type { Inequality } from './inequality.ts';

/** A stationary equilibrium in numbers; quantities are means over agents, in units of the economy. */
export interface EquilibriumFigures {
  readonly capitalLabor: number;
  readonly capital: number;
  /** Hours, mean n. */
  readonly labor: number;
  /** Mean e n. */
  readonly effectiveLabor: number;
  readonly output: number;
  readonly wage: number;
  readonly mpk: number;
  /** Net of depreciation, before taxes. */
  readonly rate: number;
  /** β (1 + r), before taxes: below 1 with risk and without taxes. */
  readonly discountedReturn: number;
  readonly consumption: number;
  /** G, what the government spends. */
  readonly revenue: number;
  /** Mean a′ over mean m, the s of the tables. */
  readonly savingsRatio: number;
  /** Mean of a′/m, to which each agent counts the same. */
  readonly savingsRatioMean: number;
  /** Agents who save nothing. */
  readonly shareConstrained: number;
  readonly giniWealth: number;
  readonly topShares: Inequality['topShares'];
  readonly residuals: {
    /** C + K′ + G − Y − (1−δ) K over Y. */
    readonly resource: number;
    /** K/L that households supply, over the K/L of the prices, less 1. */
    readonly market: number;
  };
}

/** How much work a solution was. */
export interface Work {
  readonly prices: number;
  /** Steps of the endogenous grid method, over all prices. */
  readonly policy: number;
  /** Periods of the distribution, over all prices. */
  readonly distribution: number;
}

/**
 * Policies and agents by state: the outer list by ability, the inner by point of wealth. Near the last point, where
 * next to nobody is, saving is held to the grid.
 */
export interface PolicyTable {
  readonly abilities: readonly number[];
  readonly assets: readonly number[];
  readonly consumption: readonly (readonly number[])[];
  readonly labor: readonly (readonly number[])[];
  readonly saved: readonly (readonly number[])[];
  readonly income: readonly (readonly number[])[];
  /** Share of all agents. */
  readonly mass: readonly (readonly number[])[];
}

/** What an agent whose ability never changes owns and does. */
export interface AgentType {
  readonly ability: number;
  readonly share: number;
  readonly assets: number;
  readonly labor: number;
  readonly consumption: number;
}

/** The stationary equilibrium of an economy, and how it was found. */
export type ReferenceSolution = EquilibriumFigures & {
  readonly iterations: Work;
  readonly seconds: number;
} & (
    | {
        readonly method: 'endogenous-grid';
        readonly grid: { readonly nodes: number; readonly points: number; readonly top: number };
        readonly euler: EulerErrors;
        readonly policies: PolicyTable;
      }
    /** Without risk nothing moves: the equations of the steady state are solved as they are. */
    | { readonly method: 'steady-state'; readonly types: readonly AgentType[] }
  );

/** Figures of aggregates at prices that were solved for. */
export function figuresOf(
  { technology, preferences }: BewleyConfiguration,
  prices: FactorPrices,
  pricedCapitalLabor: number,
  aggregates: Aggregates,
  { gini, topShares }: Inequality,
): EquilibriumFigures {
  const { capital, effectiveLabor, consumption, revenue, saved, money } = aggregates;
  const output = outputOf(technology, capital, effectiveLabor);
  const left = (1 - technology.delta) * capital;
  return {
    capitalLabor: capital / effectiveLabor,
    capital,
    labor: aggregates.labor,
    effectiveLabor,
    output,
    ...prices,
    discountedReturn: preferences.beta * (1 + prices.rate),
    consumption,
    revenue,
    savingsRatio: saved / money,
    savingsRatioMean: aggregates.savingsRatioMean,
    shareConstrained: aggregates.shareConstrained,
    giniWealth: gini,
    topShares,
    residuals: {
      resource: (consumption + saved + revenue - output - left) / output,
      market: capital / effectiveLabor / pricedCapitalLabor - 1,
    },
  };
}
