import type * as tf from '@tensorflow/tfjs';
import type { BewleyConfiguration, BewleyTrainerKit } from '../../models/bewley/index.ts';
import { CONSTRAINED_BELOW, termsOf } from '../../models/bewley/index.ts';
import { inequalityOf } from '../../models/bewley/reference/index.ts';
import { stateTensors } from './batch.ts';
import type { BewleyObservation } from './observation.ts';

/**
 * Numbers of one step, read from the engine, by the names of the logs: `loss/…`, `state/…`, `market/…`, `policy/…`,
 * `debug/…`, `guard/…`, `grad/…`, `optimiser/…`. Means are over agents or worlds; parts of the loss are without weights.
 */
export type BewleyLogRow = Readonly<Record<string, number>> & { readonly step: number };

/** Reads what the log keeps of a step. */
export async function readLogRow(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  observation: BewleyObservation,
): Promise<BewleyLogRow> {
  const { normaliser, batch } = configuration;
  const { step, learningRate, batch: fed } = observation;
  const { wealth, exogenous } = fed.worlds;
  const one = async (tensor: tf.Tensor): Promise<number> => (await tensor.data())[0] ?? Number.NaN;
  const all = async (tensor: tf.Tensor): Promise<Float32Array> => tensor.data<'float32'>();
  const parts = {
    total: await one(observation.total),
    complementarity: await one(observation.complementarity),
    euler: await one(observation.euler),
    labor: await one(observation.laborCondition),
  };
  const savings = await all(observation.savings);
  const money = await all(observation.money);
  const savingsRatio = await all(observation.savingsRatio);
  const marginalReturn = await all(observation.marginalReturn);
  const capital = await all(observation.capital);
  const effectiveLabor = await all(observation.effectiveLabor);
  const normalised = await all(observation.normalised);
  const worlds = Array.from({ length: batch.worlds }, (_, world) =>
    inequalityOf(
      Array.from(wealth.subarray(world * batch.agents, (world + 1) * batch.agents), (owned) => ({
        owned,
        share: 1 / batch.agents,
      })),
    ),
  );
  // As the engine has it: what is clipped at 0.7 is just below that.
  const clip = Math.fround(normaliser.clip);
  const features = normalised.length / wealth.length;
  const column = (index: number): Float32Array =>
    normalised.filter((_, position) => position % features === index);
  return {
    step,
    'loss/total': parts.total,
    'loss/unweighted': kit.unweighted(parts),
    'loss/fb': parts.complementarity,
    'loss/aux_mu': parts.euler,
    'loss/labor_foc': parts.labor,
    'state/consumption_mean': meanOf(await all(observation.consumption)),
    'state/labor_mean': meanOf(await all(observation.labor)),
    'state/savings_mean': meanOf(savings),
    'state/savings_ratio_mean': meanOf(savingsRatio),
    'state/aggregate_savings_ratio': meanOf(savings) / meanOf(money),
    'state/ability_mean': meanOf(exogenous.ability),
    'state/star_share': meanOf(exogenous.star),
    'state/money_disposable_mean': meanOf(money),
    'state/wealth_mean': meanOf(wealth),
    'state/gini_wealth': meanOf(worlds.map(({ gini }) => gini)),
    'state/top5_share': meanOf(worlds.map(({ topShares }) => topShares.top5)),
    'state/constrained_share': shareOf(savingsRatio, (share) => share < CONSTRAINED_BELOW),
    'market/wage': meanOf(await all(observation.wage)),
    'market/return': meanOf(await all(observation.rate)),
    'market/mpk': meanOf(await all(observation.mpk)),
    'market/capital_labor': meanOf(
      Array.from(capital, (k, world) => k / (effectiveLabor[world] ?? Number.NaN)),
    ),
    'market/resource_residual': largestOf(await resourceResiduals(kit, configuration, observation)),
    'policy/h_mean': meanOf(marginalReturn),
    'policy/h_max': largestOf(marginalReturn),
    ...spread('debug/raw_wealth', wealth),
    ...spread('debug/raw_ability', exogenous.ability),
    ...spread('debug/normalized_wealth', column(0)),
    ...spread('debug/normalized_ability', column(1)),
    'debug/normaliser_count': observation.statistics.count,
    'guard/capital_floored': meanOf(await all(observation.capitalFloored)),
    'guard/labor_floored': meanOf(await all(observation.laborFloored)),
    'guard/normaliser_clipped': shareOf(normalised, (z) => Math.abs(z) >= clip),
    'grad/norm': await one(observation.gradientNorm),
    'optimiser/learning_rate': learningRate,
    'optimiser/weight_change': await one(observation.weightChange),
  };
}

/** Of each world, (B): the accounts of the period are drawn up from what agents did in it. */
async function resourceResiduals(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
  { batch, ...told }: BewleyObservation,
): Promise<Float32Array> {
  const { worlds, agents } = configuration.batch;
  const residual = kit.scope(() => {
    const period = {
      state: stateTensors(batch.worlds, { first: 0, count: worlds, agents }),
      controls: told,
      market: told,
      income: told.income,
      money: told.money,
      savings: told.savings,
      consumption: told.consumption,
    };
    return kit.aggregates(kit, period, termsOf(configuration, configuration.network.labor)).resourceResidual;
  });
  const values = Float32Array.from(await residual.data<'float32'>());
  residual.dispose();
  return values;
}

type Values = ArrayLike<number>;

function meanOf(values: Values): number {
  return sumOf(values, (value) => value) / values.length;
}

function sumOf(values: Values, term: (value: number) => number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += term(values[index] ?? Number.NaN);
  return sum;
}

function shareOf(values: Values, belongs: (value: number) => boolean): number {
  return sumOf(values, (value) => (belongs(value) ? 1 : 0)) / values.length;
}

function largestOf(values: Values): number {
  let largest = 0;
  for (let index = 0; index < values.length; index += 1)
    largest = Math.max(largest, Math.abs(values[index] ?? Number.NaN));
  return largest;
}

function spread(name: string, values: Values): Readonly<Record<string, number>> {
  const mean = meanOf(values);
  const variance = sumOf(values, (value) => (value - mean) ** 2) / values.length;
  return { [`${name}_mean`]: mean, [`${name}_std`]: Math.sqrt(variance) };
}
