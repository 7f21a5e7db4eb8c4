import type { Bounded, RunningError } from '../../../src/numerics/running-error.ts';
import type { Taxes, Technology } from './expressions.ts';
import type { Firm, Tax } from './household.ts';
import { roundedAll, technologyOf } from './household.ts';

/** What the agents of one world own, are and choose. */
export interface WorldInputs {
  readonly wealth: readonly number[];
  readonly ability: readonly number[];
  readonly labor: readonly number[];
  readonly savingsRatio: readonly number[];
}

/** What an agent gets in a period. */
export interface AgentAccounts {
  readonly income: Bounded;
  readonly savings: Bounded;
  readonly consumption: Bounded;
}

export interface Accounts {
  readonly agents: readonly AgentAccounts[];
  readonly capital: Bounded;
  readonly effectiveLabor: Bounded;
  /** Uses of goods less their sources: 0 but for the rounding of the oracle. */
  readonly resourceResidual: Bounded;
  /** The largest account, for the rounding of sums over them. */
  readonly size: number;
}

/** A period of one world as an engine computes it: factors, prices, what each agent gets, and the accounts. */
export function accountsOf(
  arithmetic: RunningError,
  texts: { readonly firm: Firm; readonly income: Tax; readonly wealth: Tax },
  settings: { readonly technology: Technology; readonly taxes: Taxes },
  { wealth, ability, labor, savingsRatio }: WorldInputs,
): Accounts {
  const { exact, rounded, mul, sub, sum, div, mean } = arithmetic;
  const a = wealth.map(exact);
  const capital = mean(a);
  const effective = ability.map((z, index) => mul(exact(z), exact(labor[index] ?? Number.NaN)));
  const effectiveLabor = mean(effective);
  const { taxes } = settings;
  const technology = roundedAll(arithmetic, technologyOf(settings.technology));
  const factors = { ...technology, K: capital, L: effectiveLabor };
  const wage = texts.firm.wage.evaluate(arithmetic, factors);
  const delta = rounded(settings.technology.delta);
  const rate = sub(texts.firm.mpk.evaluate(arithmetic, factors), delta);
  const kept = (tax: Tax, schedule: Taxes['income'], x: Bounded): Bounded =>
    tax.kept.evaluate(arithmetic, { ...roundedAll(arithmetic, { ...schedule }), x });
  const price = sum([exact(1), rounded(taxes.consumption)]);
  const agents = a.map((owned, index) => {
    const nothing = exact(Number.NaN);
    const income = sum([mul(wage, effective[index] ?? nothing), mul(rate, owned)]);
    const keptIncome = kept(texts.income, taxes.income, income);
    const keptWealth = kept(texts.wealth, taxes.wealth, owned);
    const money = sum([keptIncome, keptWealth]);
    const savings = mul(exact(savingsRatio[index] ?? Number.NaN), money);
    const consumption = div(sub(money, savings), price);
    return {
      income,
      savings,
      consumption,
      incomeTax: sub(income, keptIncome),
      wealthTax: sub(owned, keptWealth),
    };
  });
  const total = (part: (agent: (typeof agents)[number]) => Bounded): Bounded => mean(agents.map(part));
  const consumed = total(({ consumption }) => consumption);
  const left = mul(sub(exact(1), delta), capital);
  const made = texts.firm.output.evaluate(arithmetic, factors);
  const terms = [
    consumed,
    total(({ savings }) => savings),
    mul(rounded(taxes.consumption), consumed),
    total(({ incomeTax }) => incomeTax),
    total(({ wealthTax }) => wealthTax),
    arithmetic.neg(made),
    arithmetic.neg(left),
  ];
  return {
    agents,
    capital,
    effectiveLabor,
    resourceResidual: sum(terms),
    size: Math.max(...terms.map(({ value }) => Math.abs(value)), ...agents.map(({ income }) => income.value)),
  };
}
