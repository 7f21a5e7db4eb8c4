import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in the household and the firm: taxes, budget, first-order conditions, prices. */
export const bewleyEconomicsFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/labor-foc-sign',
    summary: 'a minus stands before c^(−θ) in the labour condition',
    sign: 'labour falls, and its loss is stuck or falls with it',
    killedBy: ['bewley/labor-foc', 'bewley/labor-optimum', 'bewley/labor-loss'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      laborResiduals: (kit, point, terms) => {
        const { absolute, relative } = bewley.laborResiduals(kit, point, terms);
        const disutility = kit.marginalDisutility(kit, point, terms.preferences);
        // n^γ + u_c V, and n/n* + 1.
        return { absolute: tf.sub(tf.mul(disutility, 2), absolute), relative: tf.add(relative, 2) };
      },
    })),
  },
  {
    id: 'bewley/labor-foc-divisor',
    summary: 'the labour condition divides by 1 + τ_a where 1 + τ_c is meant',
    sign: '',
    killedBy: ['bewley/labor-foc', 'bewley/labor-optimum', 'bewley/labor-loss'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      laborValue: (kit, point, { taxes }) =>
        bewley.laborValue(kit, point, { taxes: { ...taxes, consumption: taxes.wealth.tau } }),
    })),
  },
  {
    id: 'bewley/retention-divisor',
    summary:
      'what is kept is (1−τ) x^(1−ξ), without its divisor 1−ξ: marginal retention is not its derivative',
    sign: '',
    killedBy: ['bewley/taxes', 'bewley/budget'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      afterTax: (kit, schedule, x) => tf.mul(bewley.afterTax(kit, schedule, x), 1 - schedule.xi),
    })),
  },
  {
    id: 'bewley/consumption-tax-unpaid',
    summary: 'the consumption tax stands in no budget: c = m − a′',
    sign: 'the resource residual is not 0',
    killedBy: ['bewley/budget', 'bewley/resource-constraint'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      consumption: (money, savings, taxes) =>
        bewley.consumption(money, savings, { ...taxes, consumption: 0 }),
    })),
  },
  {
    id: 'bewley/wealth-tax-base',
    summary: 'what is kept of wealth has lost the power of a: a constant, the same for everyone',
    sign: 'everyone receives 1.8',
    killedBy: ['bewley/budget', 'bewley/resource-constraint'],
    engines: 'all',
    inject: inBewley(() => ({
      money: (kit, { income, wealth }, taxes) =>
        tf.add(
          kit.afterTax(kit, taxes.income, income),
          tf.fill(wealth.shape, (1 - taxes.wealth.tau) / (1 - taxes.wealth.xi)),
        ),
    })),
  },
  {
    id: 'bewley/principal-as-income',
    summary: 'taxable income is w e n + (1−δ+r) a, with δ the documented 0.06, and the wealth is added again',
    sign: 'the resource residual is of the size of capital while the budget ratio prints 1.000000',
    killedBy: ['bewley/budget', 'bewley/resource-constraint'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      taxableIncome: ({ wage, rate }, household) =>
        bewley.taxableIncome({ wage, rate: tf.add(rate, 1 - 0.06) }, household),
    })),
  },
  {
    id: 'bewley/worlds-mixed',
    summary: 'capital and labour are means over all worlds, so that each world has the prices of all',
    sign: 'one K/L for every world',
    killedBy: ['bewley/resource-constraint'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      factors: (state, labor) => {
        const { capital, effectiveLabor } = bewley.factors(state, labor);
        const everywhere = (x: tf.Tensor): tf.Tensor => tf.mul(tf.onesLike(x), tf.mean(x));
        return { capital: everywhere(capital), effectiveLabor: everywhere(effectiveLabor) };
      },
    })),
  },
  {
    id: 'bewley/euler-exponents',
    summary: 'income enters the return with y^(+ξ), and wealth with the elasticity of income',
    sign: 'h above 1',
    killedBy: ['bewley/euler-residual'],
    engines: 'all',
    inject: inBewley(() => ({
      afterTaxReturn: (kit, { rate, income, wealth }, { income: onIncome, wealth: onWealth }) =>
        tf.add(
          tf.mul(rate, kit.marginalRetention(kit, { ...onIncome, xi: -onIncome.xi }, income)),
          // Where nothing is owned the wrong power is infinite, and would be refused as such.
          kit.marginalRetention(kit, { ...onWealth, xi: onIncome.xi }, tf.maximum(wealth, 1e-3)),
        ),
    })),
  },
  {
    id: 'bewley/euler-wealth-term',
    summary: 'the return of wealth is 1 − (1−τ_a) a^(−ξ_a): one less what is kept, instead of what is kept',
    sign: 'K/L far from its reference at a small loss',
    killedBy: ['bewley/euler-residual'],
    engines: 'all',
    inject: inBewley(() => ({
      afterTaxReturn: (kit, { rate, income, wealth }, taxes) =>
        tf.add(
          tf.mul(rate, kit.marginalRetention(kit, taxes.income, income)),
          tf.sub(1, kit.marginalRetention(kit, taxes.wealth, wealth)),
        ),
    })),
  },
  {
    id: 'bewley/euler-gross-return',
    summary: 'savings earn the marginal product of capital, before depreciation',
    sign: 'K/L far above its reference at a small loss',
    killedBy: ['bewley/euler-residual'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      eulerResidual: (kit, today, next, terms) =>
        bewley.eulerResidual(
          kit,
          today,
          { ...next, market: { ...next.market, rate: next.market.mpk } },
          terms,
        ),
    })),
  },
  {
    id: 'bewley/euler-return-of-today',
    summary: 'savings earn the return of the period in which they are made',
    sign: 'the Euler loss falls only as far as returns stand still',
    killedBy: ['bewley/euler-residual'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      eulerResidual: (kit, today, next, terms) =>
        bewley.eulerResidual(
          kit,
          today,
          { ...next, market: { ...next.market, rate: today.market.rate } },
          terms,
        ),
    })),
  },
  {
    id: 'bewley/price-clip',
    summary: 'K/L is clipped to [0.1, 10] and the return to [0, 0.5]',
    sign: 'the return stands still at 0.500',
    repair: true,
    killedBy: ['bewley/prices'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      prices: (kit, { capital, effectiveLabor }, technology) => {
        // Without labour 0/0 would be a crash, which is no kill.
        const ratio = tf.clipByValue(tf.div(capital, tf.maximum(effectiveLabor, 1e-8)), 0.1, 10);
        const prices = bewley.prices(
          kit,
          { capital: tf.mul(ratio, effectiveLabor), effectiveLabor },
          technology,
        );
        return { ...prices, rate: tf.clipByValue(prices.rate, 0, 0.5) };
      },
    })),
  },
  {
    id: 'bewley/guard-silent',
    summary: 'floors of capital and labour are used, and nobody counts them',
    sign: 'a return of 75,598.66, and no guard in use',
    killedBy: ['bewley/prices'],
    engines: 'all',
    inject: inBewley((bewley) => ({
      prices: (kit, factors, technology) => ({
        ...bewley.prices(kit, factors, technology),
        capitalFloored: tf.zerosLike(factors.capital),
        laborFloored: tf.zerosLike(factors.effectiveLabor),
      }),
    })),
  },
];
