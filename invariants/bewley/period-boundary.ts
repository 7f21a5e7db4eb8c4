import fc from 'fast-check';
import { streamOf } from '../../src/numerics/stream.ts';
import { bewleyPeriodTrace } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, hasType } from '../../src/verification/measurement.ts';
import type { InputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32, heldAs } from '../../src/verification/tensor-value.ts';
import { LABOR, shape } from './cases.ts';

interface Case {
  readonly shape: readonly [worlds: number, agents: number];
  readonly chosen: readonly number[];
  readonly seed: number;
}

/** Flat taxes, so that nobody leaves the domain whatever is chosen. */
const TERMS = {
  preferences: { theta: 1, gamma: 2, beta: 0.96 },
  technology: { productivity: 1.5, alpha: 0.33, delta: 0.06 },
  taxes: { consumption: 0.065, income: { tau: 0.2, xi: 0 }, wealth: { tau: 0.05, xi: 0 } },
  labor: LABOR,
};

const cases: fc.Arbitrary<Case> = fc.record({
  shape,
  chosen: fc.array(fc.constantFrom(0, 1), { minLength: 3, maxLength: 3 }),
  seed: seeds,
});

const coverage = [
  { label: 'branch A', minimumShare: 0.5, shows: ({ chosen }: Case) => chosen.includes(0) },
  { label: 'branch B', minimumShare: 0.5, shows: ({ chosen }: Case) => chosen.includes(1) },
];

const FIELDS = ['wealth', 'ability', 'star'] as const;

/** Exactly the boundary of a period is committed. */
export const committedState = law<Case>({
  id: 'bewley/committed-state',
  statement:
    'The next state is wealth as saved in this period and ability and star of the branch that the coin chose: one saving decision a shock.',
  formula: 'state(t+1) = {a′(t), e_b, star_b}, bit for bit',
  guards: 'savings made inside a branch are committed: two decisions a shock, and wealth of another economy',
  suspects: 'what a step commits (src/models/bewley/period.ts here)',
  oracle: 'identity',
  bound: 'none: what is committed is what was saved, bit for bit',
  needs: [bewleyPeriodTrace],
  budget: { runs: 40 },
  coverage,
  cases,
  async judge(sample, { call, floats }) {
    const input = inputOf(sample);
    const { states, savings, branchSavings } = await call(bewleyPeriodTrace, input);
    const [worlds, agents] = sample.shape;
    const steps = sample.chosen.length;
    const next = (tensor: TensorValue): TensorValue => slice(tensor, 1, steps, [worlds, agents]);
    const drawn = (tensor: TensorValue): TensorValue =>
      stacked(
        sample.chosen.map((branch, step) => slice(tensor, 2 * step + branch, 1, [worlds, agents])),
        [worlds, agents],
      );
    return [
      hasType('savings in branches', branchSavings, floats, [steps, 2, worlds, agents]),
      ...FIELDS.map((field) =>
        bitEqual(`initial ${field}`, slice(states[field], 0, 1, [worlds, agents]), {
          ...heldAs(floats, input.initial[field]),
          shape: [1, worlds, agents],
        }),
      ),
      bitEqual('committed wealth', next(states.wealth), savings),
      bitEqual('committed ability', next(states.ability), heldAs(floats, drawn(input.draws.ability))),
      bitEqual('committed stars', next(states.star), heldAs(floats, drawn(input.draws.star))),
    ];
  },
});

/** What a policy is fed is the state that it acts in. */
export const observation = law<Case>({
  id: 'bewley/observation',
  statement:
    'A policy is fed the wealth, ability and star of the state that it acts in: of today in a period, of tomorrow in both branches.',
  formula: 'fed(t) = state(t),  fed_b(t+1) = {a′(t), e_b, star_b}, bit for bit',
  guards:
    'a policy that sees money of the period before: it cannot tell the rich from the lucky of yesterday',
  suspects: 'the inputs of the policy (src/models/bewley/controls.ts here)',
  oracle: 'identity',
  bound: 'none: what is fed is a copy, bit for bit',
  needs: [bewleyPeriodTrace],
  budget: { runs: 40 },
  coverage,
  cases,
  async judge(sample, { call, floats }) {
    const input = inputOf(sample);
    const { states, fed, savings } = await call(bewleyPeriodTrace, input);
    const [worlds, agents] = sample.shape;
    const steps = [...sample.chosen.keys()];
    const size: Size = [worlds, agents];
    const part = (tensor: TensorValue, row: number): TensorValue => slice(tensor, row, 1, size);
    return steps.flatMap((step) =>
      FIELDS.flatMap((field) => [
        bitEqual(`${field} fed in period ${step}`, part(fed[field], 3 * step), part(states[field], step)),
        ...[0, 1].map((branch) =>
          bitEqual(
            `${field} fed in branch ${branch === 0 ? 'A' : 'B'} of period ${step}`,
            part(fed[field], 3 * step + 1 + branch),
            field === 'wealth'
              ? part(savings, step)
              : heldAs(floats, part(input.draws[field], 2 * step + branch)),
          ),
        ),
      ]),
    );
  },
});

type Size = readonly [worlds: number, agents: number];

/** `count` economies from number `first` of a tensor whose last two dimensions are (B, A): (count, B, A). */
function slice({ dtype, data }: TensorValue, first: number, count: number, [b, a]: Size): TensorValue {
  return { dtype, shape: [count, b, a], data: data.slice(first * b * a, (first + count) * b * a) };
}

function stacked(rows: readonly TensorValue[], [b, a]: Size): TensorValue {
  return float32(
    [rows.length, b, a],
    rows.flatMap(({ data }) => [...data]),
  );
}

/** An initial state, draws and a policy, all from the seed. */
function inputOf({ shape: [b, a], chosen, seed }: Case): InputOf<typeof bewleyPeriodTrace> {
  const stream = streamOf(seed).split('bewley/period-boundary');
  const steps = chosen.length;
  const numbers = (label: string, count: number, low: number, high: number): readonly number[] => {
    const own = stream.split(label);
    return Array.from({ length: count }, () => low + (high - low) * own.uniform());
  };
  const stars = (label: string, count: number): readonly number[] =>
    numbers(label, count, 0, 1).map((u) => (u < 0.3 ? 1 : 0));
  const agents = b * a;
  return {
    ...TERMS,
    initial: {
      wealth: float32([b, a], numbers('wealth', agents, 0.2, 5)),
      ability: float32([b, a], numbers('ability', agents, 0.5, 2)),
      star: float32([b, a], stars('star', agents)),
    },
    draws: {
      ability: float32([steps, 2, b, a], numbers('abilities', 2 * steps * agents, 0.5, 2)),
      star: float32([steps, 2, b, a], stars('stars', 2 * steps * agents)),
    },
    chosen: { dtype: 'int32', shape: [steps], data: Int32Array.from(chosen) },
    policy: float32([3, 4], numbers('policy', 12, -0.2, 0.2)),
  };
}
