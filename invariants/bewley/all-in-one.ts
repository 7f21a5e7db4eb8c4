import fc from 'fast-check';
import type { Bounded } from '../../src/numerics/running-error.ts';
import { bewleyEulerResidual, bewleyLossOfBranches } from '../../src/verification/contracts/index.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { agree, agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { atAgents, magnitude, preferences, taxes } from './cases.ts';
import { eulerOf } from './oracle/euler.ts';
import type { Preferences, Taxes } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { exactAll, roundedAll, settingsOf } from './oracle/household.ts';

/** Equiprobable outcomes of the next period, and households at a solution. */
const OUTCOMES = 3;
const HOUSEHOLDS = 2;

interface Case {
  readonly preferences: Preferences;
  readonly taxes: Taxes;
  /** A household each. */
  readonly consumption: readonly number[];
  /** An outcome each, of one household after the other. */
  readonly nextConsumption: readonly number[];
  readonly nextAbility: readonly number[];
  readonly nextWealth: readonly number[];
}

/** What outcomes share. */
const NEXT = { labor: 0.5, wage: 1.25, rate: 0.0625, mpk: 0.125 } as const;

/** At an exact solution with risk the Euler part of the loss is 0 in expectation over the two draws. */
export function allInOne(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/all-in-one',
    statement:
      'Where h is the expected marginal return, the expectation of the Euler part of the loss over two independent draws is 0, every pair of outcomes counted.',
    formula: 'E[e] = 0  ⇒  E[e_A e_B] = (E[e])² = 0, while E[e²] > 0',
    guards:
      'the mean of squares in place of the product: an exact solution scores 0.1, and training leaves it for less risk',
    suspects: 'the product of the two branches (src/models/bewley/euler.ts and loss.ts here)',
    oracle: 'derivation',
    bound:
      'forward error of the residuals and of the mean of their products; the expectation is exact, over all pairs of three outcomes',
    needs: [bewleyEulerResidual, bewleyLossOfBranches],
    coverage: [
      {
        label: 'the mean of squares would be above 0.01',
        minimumShare: 0.5,
        shows: (sample) => meanSquare(oracle, sample) > 0.01,
      },
    ],
    cases: fc.record({
      preferences,
      taxes,
      consumption: exactly(HOUSEHOLDS, between(0.8, 1.25)),
      nextConsumption: exactly(HOUSEHOLDS * OUTCOMES, magnitude(0.6, 1.8)),
      nextAbility: exactly(HOUSEHOLDS * OUTCOMES, magnitude(0.5, 2)),
      nextWealth: exactly(HOUSEHOLDS, magnitude(0.5, 5)),
    }),
    async judge(sample, { call, arithmetic, floats }) {
      const { columns } = solutionOf(oracle, sample);
      const { residual } = await call(bewleyEulerResidual, {
        preferences: sample.preferences,
        taxes: sample.taxes,
        today: {
          consumption: columns.consumption,
          labor: columns.labor,
          marginalReturn: columns.marginalReturn,
          rate: columns.nextRate,
          mpk: columns.nextMpk,
        },
        next: {
          consumption: columns.nextConsumption,
          labor: columns.nextLabor,
          wealth: columns.nextWealth,
          ability: columns.nextAbility,
          wage: columns.nextWage,
          rate: columns.nextRate,
          mpk: columns.nextMpk,
        },
      });
      const household = oracle.household(sample.preferences, sample.taxes);
      const settings = roundedAll(arithmetic, settingsOf(sample.preferences, sample.taxes));
      const expected = atAgents(columns.consumption, columns, (values): Bounded => {
        const point = exactAll(arithmetic, values);
        return eulerOf(arithmetic, household, settings, point).residual;
      });
      const measured = [
        hasType('Euler residual', residual, floats, columns.consumption.shape),
        agreesWithOracle('Euler residual', residual, expected),
      ];
      // A loss of what is no number is refused, and rightly.
      if (!residual.data.every((e) => Number.isFinite(e))) return measured;
      const pairs = pairsOf(residual.data);
      const zeros = float32(pairs.shape, new Float32Array(pairs.a.length));
      const { euler } = await call(bewleyLossOfBranches, {
        complementarity: zeros,
        eulerA: float32(pairs.shape, pairs.a),
        eulerB: float32(pairs.shape, pairs.b),
        labor: zeros,
        wealth: float32(pairs.shape, new Float32Array(pairs.a.length).fill(1)),
        weights: { complementarity: 1, euler: 1, labor: 1 },
        byWealth: 0,
      });
      const { a, b } = pairsOf<Bounded>(expected);
      const mean = arithmetic.mean(
        a.map((x, index) => arithmetic.mul(x, b[index] ?? arithmetic.exact(Number.NaN))),
      );
      return [
        ...measured,
        // h is rounded once, so that the mean of products is not 0 to the last bit.
        agree('expected Euler part at a solution', euler, 0, mean.bound + Math.abs(mean.value)),
      ];
    },
  });
}

/** Every ordered pair of outcomes of each household, from one number an outcome: (HOUSEHOLDS, OUTCOMES²). */
function pairsOf<T>(outcomes: ArrayLike<T>): {
  readonly shape: readonly number[];
  readonly a: readonly T[];
  readonly b: readonly T[];
} {
  const pick = (choose: (first: number, second: number) => number): readonly T[] =>
    Array.from({ length: HOUSEHOLDS * OUTCOMES ** 2 }, (_, index) => {
      const household = Math.floor(index / OUTCOMES ** 2);
      const pair = index % OUTCOMES ** 2;
      const outcome = choose(Math.floor(pair / OUTCOMES), pair % OUTCOMES);
      // The index is below HOUSEHOLDS · OUTCOMES.
      return outcomes[household * OUTCOMES + outcome] as T;
    });
  return {
    shape: [HOUSEHOLDS, OUTCOMES ** 2],
    a: pick((first) => first),
    b: pick((_, second) => second),
  };
}

/** A row a household, a column an outcome; h is the mean over outcomes of what the oracle finds a saving to bring. */
function solutionOf(oracle: BewleyOracle, sample: Case) {
  const shape = [HOUSEHOLDS, OUTCOMES];
  const everywhere = (x: number): TensorValue =>
    float32(shape, new Float32Array(HOUSEHOLDS * OUTCOMES).fill(x));
  const worlds = (x: number): TensorValue => float32([HOUSEHOLDS, 1], new Float32Array(HOUSEHOLDS).fill(x));
  const repeated = (values: readonly number[]): TensorValue =>
    float32(
      shape,
      values.flatMap((x) => Array.from({ length: OUTCOMES }, () => x)),
    );
  const feasible = (consumption: TensorValue): TensorValue =>
    oracle.feasible(sample.preferences, NEXT.labor, consumption);
  const columns = {
    consumption: feasible(repeated(sample.consumption)),
    labor: everywhere(NEXT.labor),
    nextConsumption: feasible(float32(shape, sample.nextConsumption)),
    nextLabor: everywhere(NEXT.labor),
    nextWealth: repeated(sample.nextWealth),
    nextAbility: float32(shape, sample.nextAbility),
    nextWage: worlds(NEXT.wage),
    nextRate: worlds(NEXT.rate),
    nextMpk: worlds(NEXT.mpk),
  };
  const household = oracle.household(sample.preferences, sample.taxes);
  const settings = settingsOf(sample.preferences, sample.taxes);
  const worth = atAgents(columns.consumption, columns, (values) => {
    const growth =
      household.marginalUtility.at({ ...settings, c: values['nextConsumption'] ?? 0, n: NEXT.labor }) /
      household.marginalUtility.at({ ...settings, c: values['consumption'] ?? 0, n: NEXT.labor });
    const brings = household.afterTaxReturn.at({
      ...settings,
      w: NEXT.wage,
      r: NEXT.rate,
      z: values['nextAbility'] ?? 0,
      n: NEXT.labor,
      a: values['nextWealth'] ?? 0,
    });
    return sample.preferences.beta * growth * brings;
  });
  const means = Array.from({ length: HOUSEHOLDS }, (_, household_) => {
    const row = worth.slice(household_ * OUTCOMES, (household_ + 1) * OUTCOMES);
    return row.reduce((sum, one) => sum + one, 0) / OUTCOMES;
  });
  return { columns: { ...columns, marginalReturn: repeated(means) }, worth };
}

function meanSquare(oracle: BewleyOracle, sample: Case): number {
  const { worth, columns } = solutionOf(oracle, sample);
  const squares = worth.map((one, index) => ((columns.marginalReturn.data[index] ?? 0) - one) ** 2);
  return squares.reduce((sum, one) => sum + one, 0) / squares.length;
}
