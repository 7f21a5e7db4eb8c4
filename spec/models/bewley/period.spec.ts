import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { BewleyPolicy, BewleyState, BewleyTerms } from '../../../src/models/bewley/index.ts';
import { bewleyKit, fischerBurmeister, termsOf } from '../../../src/models/bewley/index.ts';
import { solveBewley } from '../../../src/models/bewley/reference/index.ts';
import { expectClose, onWasm, read, readOne } from '../../nn/on-wasm.ts';
import { economy } from './presets.ts';

onWasm();

const kit = bewleyKit;
const everyone = (x: number): tf.Tensor => tf.fill([2, 5], x);
const stateOf = (wealth: tf.Tensor): BewleyState => ({
  wealth,
  ability: everyone(1),
  star: tf.zeros([2, 5]),
});
const constantPolicy =
  (s: number, n: number): BewleyPolicy =>
  () => ({ savingsRatio: everyone(s), labor: everyone(n), marginalReturn: everyone(1) });

describe('the tensor code at the steady state that the separate solver finds', () => {
  it.each([
    [['no-tax', 'one-type']],
    [['flat', 'one-type']],
    [['us', 'one-type', 'preferences.theta=3']],
    [['documented', 'one-type']],
  ])('%j: prices, consumption, capital, and every residual 0', async (layers) => {
    const configuration = economy(...layers);
    // The solver lets labour take all the time there is; so does one of these.
    const terms = termsOf(configuration, { minimum: 0.01, maximum: 1 });
    const solution = solveBewley(configuration);
    const [wage = [], mpk = [], consumption = [], savings = [], labor = [], euler = [], resource = []] =
      await read(() => {
        const policy = constantPolicy(solution.savingsRatio, solution.labor);
        const state = stateOf(everyone(solution.capital));
        const today = kit.period(kit, state, policy(state), terms);
        const { ability, star } = state;
        const { a } = kit.lookAhead(
          kit,
          today,
          { a: { ability, star }, b: { ability, star } },
          policy,
          terms,
        );
        const condition = kit.laborResiduals(
          kit,
          {
            consumption: today.consumption,
            labor: today.controls.labor,
            ability,
            income: today.income,
            wage: today.market.wage,
          },
          terms,
        );
        const { resourceResidual } = kit.aggregates(kit, today, terms);
        return [
          today.market.wage,
          today.market.mpk,
          today.consumption,
          today.savings,
          condition.relative,
          a.euler,
          resourceResidual,
        ];
      });
    const all = (values: readonly number[], expected: number): void => {
      expectClose(
        values,
        values.map(() => expected),
        3e-6,
      );
    };
    all(wage, solution.wage);
    all(mpk, solution.mpk);
    all(consumption, solution.consumption);
    all(savings, solution.capital);
    all(labor, 0);
    all(euler, 0);
    all(resource, 0);
  });
});

const TERMS: BewleyTerms = termsOf(economy('us'));

describe('lookAhead and commit', () => {
  const draws = () => ({
    a: { ability: everyone(0.5), star: tf.zeros([2, 5]) },
    b: { ability: everyone(2), star: tf.ones([2, 5]) },
  });

  it('the branches share wealth and differ in luck; one of them is committed without its savings', async () => {
    const [savings = [], wealthA, wealthB, committed, ability, star, inside = []] = await read(() => {
      const policy = constantPolicy(0.8, 0.5);
      const state = stateOf(everyone(3));
      const today = kit.period(kit, state, policy(state), TERMS);
      const { a, b } = kit.lookAhead(kit, today, draws(), policy, TERMS);
      const next = kit.commit(kit, today, b);
      return [
        today.savings,
        a.period.state.wealth,
        b.period.state.wealth,
        next.wealth,
        next.ability,
        next.star,
        b.period.savings,
      ];
    });
    expect(wealthA).toEqual(savings);
    expect(wealthB).toEqual(savings);
    expect(committed).toEqual(savings);
    expect(inside).not.toEqual(savings);
    expect(ability).toEqual(savings.map(() => 2));
    expect(star).toEqual(savings.map(() => 1));
  });

  it('the gradient of a branch flows through savings, into prices of the next period too', async () => {
    const [whole = [], own = []] = await read(() => {
      const euler = (ratio: tf.Tensor): tf.Tensor => {
        const state = stateOf(everyone(3));
        const controls = { savingsRatio: ratio, labor: everyone(0.5), marginalReturn: everyone(1) };
        const today = kit.period(kit, state, controls, TERMS);
        return kit.lookAhead(kit, today, draws(), constantPolicy(0.8, 0.5), TERMS).a.euler;
      };
      const first = (x: tf.Tensor): tf.Tensor => tf.slice(x, [0, 0], [1, 1]);
      const ratio = everyone(0.8);
      return [tf.grad((x) => tf.sum(euler(x)))(ratio), tf.grad((x) => tf.sum(first(euler(x))))(ratio)];
    });
    expect(whole.every((slope) => Number.isFinite(slope) && slope !== 0)).toBe(true);
    // The residual of agent 0 answers to what the others of its world save, by K′, and to no other world.
    expect(own.slice(0, 5).every((slope) => slope !== 0)).toBe(true);
    expect(own.slice(5)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('guards', () => {
  it('a world without capital has the return that is the fingerprint of the floor', async () => {
    const [mpk = [], floored] = await read(() => {
      const prices = kit.prices(
        kit,
        { capital: tf.tensor2d([[0], [1]]), effectiveLabor: tf.tensor2d([[1], [1]]) },
        { productivity: 1, alpha: 0.33, delta: 0.06 },
      );
      return [prices.mpk, prices.capitalFloored];
    });
    expect(mpk[0]).toBeCloseTo(75_598.66, -1);
    expect(floored).toEqual([1, 0]);
  });
});

describe('Fischer and Burmeister', () => {
  it('has slopes at the origin, where a square root has none', async () => {
    const gradients = await read(() =>
      tf.grads((x: tf.Tensor, y: tf.Tensor) => tf.sum(fischerBurmeister(x, y)))([
        tf.tensor1d([0, 3]),
        tf.tensor1d([0, 4]),
      ]),
    );
    const [inX = [], inY = []] = gradients;
    expectClose(inX, [1, 0.4]);
    expectClose(inY, [1, 0.2]);
  });
});

describe('the loss', () => {
  it('carries no gradient into wealth, whatever it weighs by', async () => {
    const slope = await readOne(() =>
      tf.grad((wealth) => {
        const residual = tf.ones([2, 5]);
        const residuals = {
          complementarity: residual,
          eulerA: residual,
          eulerB: residual,
          labor: tf.add(residual, tf.mul(wealth, 0)),
        };
        const settings = { weights: { complementarity: 1, euler: 1, labor: 1 }, byWealth: 0.5 };
        return kit.loss(kit, residuals, wealth, settings).total;
      })(everyone(2)),
    );
    expect(slope).toEqual(new Array(10).fill(0));
  });
});
