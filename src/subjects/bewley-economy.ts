import * as tf from '@tensorflow/tfjs';
import type { BewleyKit } from '../models/bewley/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { bewleyTrace } from './bewley-trace.ts';
import { download, upload } from './transfer.ts';

/** The economics of the Bewley economy as operations: taxes, prices, budget, equilibrium conditions, accounts, loss. */
export function bewleyEconomy(kit: BewleyKit): readonly Implementation[] {
  return [
    implement(contract.bewleyTaxes, ({ schedule, x }) =>
      finite(kit, 'taxes', () => ({
        kept: kit.afterTax(kit, schedule, upload(x)),
        marginal: kit.marginalRetention(kit, schedule, upload(x)),
      })),
    ),
    implement(contract.bewleyPrices, ({ technology, capital, effectiveLabor }) =>
      finite(kit, 'prices', () => {
        const factors = { capital: upload(capital), effectiveLabor: upload(effectiveLabor) };
        return { ...kit.prices(kit, factors, technology) };
      }),
    ),
    implement(contract.bewleyBudget, ({ taxes, ...input }) =>
      finite(kit, 'budget', () => {
        const { wage, rate, wealth, ability, labor, savingsRatio } = uploaded(input);
        const income = kit.taxableIncome({ wage, rate }, { ability, labor, wealth });
        const money = kit.money(kit, { income, wealth }, taxes);
        const savings = kit.savings(money, savingsRatio);
        return { income, money, savings, consumption: kit.consumption(money, savings, taxes) };
      }),
    ),
    implement(contract.bewleyLaborCondition, ({ preferences, taxes, labor, ...input }) =>
      finite(
        kit,
        'labour condition',
        () => {
          const { wage, rate, wealth, ability, hours, consumption } = uploaded(input);
          const terms = { preferences, taxes, labor, technology: NO_TECHNOLOGY };
          const at = (n: tf.Tensor): ReturnType<BewleyKit['laborResiduals']> => {
            const income = kit.taxableIncome({ wage, rate }, { ability, labor: n, wealth });
            return kit.laborResiduals(kit, { consumption, labor: n, ability, income, wage }, terms);
          };
          const gradient = tf.grad((n) => tf.sum(tf.square(at(n).relative)))(hours);
          return { ...at(hours), gradient };
        },
        ['absolute', 'relative'],
      ),
    ),
    implement(contract.bewleyLaborLoss, async ({ preferences, taxes, labor, ...input }) => {
      const { loss } = await finite(kit, 'labour loss', () => {
        const { wage, rate, wealth, ability, hours, consumption } = uploaded(input);
        const terms = { preferences, taxes, labor, technology: NO_TECHNOLOGY };
        const income = kit.taxableIncome({ wage, rate }, { ability, labor: hours, wealth });
        const { relative } = kit.laborResiduals(
          kit,
          { consumption, labor: hours, ability, income, wage },
          terms,
        );
        return { loss: tf.mean(tf.square(relative)) };
      });
      return { loss: loss.data[0] ?? Number.NaN };
    }),
    implement(contract.bewleyEulerResidual, ({ preferences, taxes, today, next }) =>
      finite(kit, 'Euler equation', () => {
        const now = uploaded(today);
        const { wage, rate, mpk, wealth, ability, labor, consumption } = uploaded(next);
        const income = kit.taxableIncome({ wage, rate }, { ability, labor, wealth });
        const residual = kit.eulerResidual(
          kit,
          {
            consumption: now.consumption,
            controls: { labor: now.labor, marginalReturn: now.marginalReturn },
            market: { rate: now.rate },
          },
          { consumption, income, controls: { labor }, state: { wealth }, market: { rate, mpk } },
          { preferences, taxes },
        );
        return { residual, afterTaxReturn: kit.afterTaxReturn(kit, { rate, income, wealth }, taxes) };
      }),
    ),
    implement(contract.bewleyComplementarity, (input) =>
      finite(kit, 'complementarity', () => {
        const { savingsRatio, marginalReturn } = uploaded(input);
        const value = (s: tf.Tensor, h: tf.Tensor): tf.Tensor =>
          kit.complementarity(kit, { savingsRatio: s, marginalReturn: h });
        const [gradientSavingsRatio, gradientMarginalReturn] = gradients(
          (s, h) => tf.sum(value(s, h)),
          [savingsRatio, marginalReturn],
        );
        return { value: value(savingsRatio, marginalReturn), gradientSavingsRatio, gradientMarginalReturn };
      }),
    ),
    implement(contract.bewleyControls, ({ raw, labor }) =>
      finite(kit, 'controls', () => ({ ...kit.controls(upload(raw) as tf.Tensor3D, labor) })),
    ),
    implement(contract.bewleyAggregates, ({ technology, taxes, ...input }) =>
      finite(kit, 'aggregates', () => {
        const { wealth, ability, labor, savingsRatio } = uploaded(input);
        const terms = { technology, taxes, preferences: NO_PREFERENCES, labor: { minimum: 0, maximum: 1 } };
        const period = kit.period(
          kit,
          { wealth, ability, star: tf.zerosLike(wealth) },
          { labor, savingsRatio, marginalReturn: tf.onesLike(wealth) },
          terms,
        );
        const { capital, effectiveLabor, resourceResidual } = kit.aggregates(kit, period, terms);
        const { income, savings, consumption } = period;
        return { income, savings, consumption, capital, effectiveLabor, resourceResidual };
      }),
    ),
    implement(contract.bewleyLossOfBranches, async ({ weights, byWealth, wealth, ...input }) => {
      const answer = await finite(kit, 'loss', () => {
        const { complementarity, eulerA, eulerB, labor } = uploaded(input);
        const owned = upload(wealth);
        const lossAt = (fb: tf.Tensor, a: tf.Tensor, b: tf.Tensor, hours: tf.Tensor) =>
          kit.loss(kit, { complementarity: fb, eulerA: a, eulerB: b, labor: hours }, owned, {
            weights,
            byWealth,
          });
        const residuals = [complementarity, eulerA, eulerB, labor] as const;
        const [gradientComplementarity, gradientEulerA, gradientEulerB, gradientLabor] = gradients(
          (...all) => lossAt(...all).total,
          residuals,
        );
        const parts = lossAt(...residuals);
        return { ...parts, gradientComplementarity, gradientEulerA, gradientEulerB, gradientLabor };
      });
      const scalar = (value: TensorValue): number => value.data[0] ?? Number.NaN;
      return {
        ...answer,
        total: scalar(answer.total),
        complementarity: scalar(answer.complementarity),
        euler: scalar(answer.euler),
        labor: scalar(answer.labor),
      };
    }),
    bewleyTrace(kit),
  ];
}

/** What an operation does not need of the terms. */
const NO_TECHNOLOGY = { productivity: Number.NaN, alpha: Number.NaN, delta: Number.NaN };
const NO_PREFERENCES = { theta: Number.NaN, gamma: Number.NaN, beta: Number.NaN };

/** Runs tensor code, refuses to hand over what the kit finds not finite, and leaves no tensor behind. */
async function finite<Name extends string>(
  kit: BewleyKit,
  what: string,
  code: () => Readonly<Record<Name, tf.Tensor>>,
  judged?: readonly NoInfer<Name>[],
): Promise<Record<Name, TensorValue>> {
  const tensors = tf.tidy(() => ({ ...code() }) as Record<Name, tf.Tensor>);
  try {
    const entries = Object.entries<tf.Tensor>(tensors);
    const results = entries.filter(([name]) => judged === undefined || judged.some((one) => one === name));
    await kit.requireFinite(what, Object.fromEntries(results));
    const downloaded = entries.map(async ([name, tensor]) => [name, await download(tensor)] as const);
    return Object.fromEntries(await Promise.all(downloaded)) as Record<Name, TensorValue>;
  } finally {
    tf.dispose(tensors);
  }
}

function uploaded<Name extends string>(values: Readonly<Record<Name, TensorValue>>): Record<Name, tf.Tensor> {
  const entries = Object.entries<TensorValue>(values).map(([name, value]) => [name, upload(value)]);
  return Object.fromEntries(entries) as Record<Name, tf.Tensor>;
}

/** Gradients of a scalar in each of its arguments. */
function gradients<const Arguments extends readonly tf.Tensor[]>(
  f: (...args: Arguments) => tf.Scalar,
  at: Arguments,
): { [K in keyof Arguments]: tf.Tensor } {
  // tfjs returns one gradient an argument, in their order; its types cannot say so.
  return tf.grads(f as unknown as (...args: tf.Tensor[]) => tf.Scalar)([...at]) as {
    [K in keyof Arguments]: tf.Tensor;
  };
}
