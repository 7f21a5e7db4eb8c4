import fc from 'fast-check';
import { SubjectError } from '../../src/errors.ts';
import {
  bewleyBudget,
  bewleyComplementarity,
  bewleyEulerResidual,
  bewleyLaborCondition,
} from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { LABOR } from './cases.ts';

const WORLDS = 2;
const AGENTS = 5;

/** Ways out of the domain of a household; the last is none. */
const BREAKS = [
  'consumption below 0',
  'consumption of 0',
  'next consumption below 0',
  'income below 0, progressive tax',
  'next income below 0, progressive tax',
  'h is no number',
  'consumption is no number',
  'income below 0, flat tax',
] as const;
type Break = (typeof BREAKS)[number];

interface Case {
  readonly broken: Break;
  readonly agent: number;
  readonly by: number;
  readonly theta: number;
}

/** What is not a number in a residual ends the computation; it is never a small loss. */
export const domain = law<Case>({
  id: 'bewley/domain',
  statement:
    'A household outside its domain, or a number that is none, in one agent is an error of the code `domain`; with flat taxes a negative income is no error.',
  formula: 'c ≤ 0, y < 0 with ξ > 0, NaN  ⇒  error;  y < 0 with ξ = 0  ⇒  an answer',
  guards: 'a NaN that becomes 0, the optimum; a negative consumption whose sign is dropped before a power',
  suspects:
    'what stands before and after the powers (src/models/bewley/domain.ts here): abs, maximum, where(isNaN, 0)',
  oracle: 'identity',
  bound: 'none: an error is raised or not',
  needs: [bewleyBudget, bewleyLaborCondition, bewleyEulerResidual, bewleyComplementarity],
  coverage: BREAKS.map((label) => ({
    label,
    minimumShare: 0.04,
    shows: ({ broken }: Case) => broken === label,
  })),
  cases: fc.record({
    broken: fc.constantFrom(...BREAKS),
    agent: fc.integer({ min: 0, max: WORLDS * AGENTS - 1 }),
    by: between(0.1, 2),
    theta: fc.constantFrom(1, 2, 1.5),
  }),
  async judge(sample, bench) {
    const { broken } = sample;
    const where = `${broken}, agent ${sample.agent}, θ = ${sample.theta}`;
    const outcomes = await Promise.all(asksOf(sample).map((ask) => outcomeOf(() => ask(bench))));
    const expected = broken === 'income below 0, flat tax' ? 'answered' : 'refused';
    const healthy = await Promise.all(asksOf({ ...sample, by: 0 }).map((ask) => outcomeOf(() => ask(bench))));
    return [
      ...outcomes.map((outcome) => same('a household outside its domain', outcome, expected, where)),
      ...healthy.map((outcome) => same('the same household inside it', outcome, 'answered', where)),
    ];
  },
});

/** Answered with numbers, answered with what is none, or refused as outside the domain; other errors are not judged. */
async function outcomeOf(ask: () => Promise<Answer>): Promise<string> {
  try {
    const answer = await ask();
    const isFinite = Object.values(answer).every(
      (tensor) => tensor?.data.every((x) => Number.isFinite(x)) ?? true,
    );
    return isFinite ? 'answered' : 'answered with what is no number';
  } catch (error) {
    if (error instanceof SubjectError && error.code === 'domain') return 'refused';
    throw error;
  }
}

type Ask = (bench: Bench) => Promise<Answer>;

/** Tensors; null for a gradient that the subject does not have. */
type Answer = Readonly<Record<string, TensorValue | null>>;

const PROGRESSIVE = { consumption: 0.05, income: { tau: 0.2, xi: 0.25 }, wealth: { tau: 0.1, xi: 0 } };
const FLAT = { ...PROGRESSIVE, income: { tau: 0.2, xi: 0 } };

/** Requests in which one agent is `by` outside its domain; at `by` = 0 all are inside. */
function asksOf({ broken, agent, by, theta }: Case): readonly Ask[] {
  const preferences = { theta, gamma: 2, beta: 0.96 };
  const isBroken = by > 0;
  const everyone = (x: number): TensorValue =>
    float32([WORLDS, AGENTS], new Float32Array(WORLDS * AGENTS).fill(x));
  const worlds = (x: number): TensorValue => float32([WORLDS, 1], new Float32Array(WORLDS).fill(x));
  /** 1 for everyone, `x` for the agent. */
  const except = (x: number, others = 1): TensorValue => {
    const value = everyone(others);
    if (isBroken) value.data[agent] = x;
    return value;
  };
  // A return so far below 0 that whoever is rich has a negative income: w e n = 0.6, r a = −0.05 a.
  const rich = except((0.6 + by) / 0.05);
  const budget =
    (taxes: typeof FLAT): Ask =>
    ({ call }) =>
      call(bewleyBudget, {
        taxes,
        wage: worlds(1.2),
        rate: worlds(-0.05),
        wealth: rich,
        ability: everyone(1),
        labor: everyone(0.5),
        savingsRatio: everyone(0.8),
      });
  const labor =
    (consumption: TensorValue, wealth: TensorValue): Ask =>
    ({ call }) =>
      call(bewleyLaborCondition, {
        preferences,
        taxes: PROGRESSIVE,
        labor: LABOR,
        wage: worlds(1.2),
        rate: worlds(-0.05),
        wealth,
        ability: everyone(1),
        hours: everyone(0.5),
        consumption,
      });
  const euler =
    (changed: {
      readonly today?: TensorValue;
      readonly next?: TensorValue;
      readonly h?: TensorValue;
      readonly nextWealth?: TensorValue;
    }): Ask =>
    ({ call }) =>
      call(bewleyEulerResidual, {
        preferences,
        taxes: PROGRESSIVE,
        today: {
          consumption: changed.today ?? everyone(1),
          labor: everyone(0.5),
          marginalReturn: changed.h ?? everyone(0.9),
          rate: worlds(0.04),
          mpk: worlds(0.1),
        },
        next: {
          consumption: changed.next ?? everyone(1),
          labor: everyone(0.5),
          wealth: changed.nextWealth ?? everyone(1),
          ability: everyone(1),
          wage: worlds(1.2),
          rate: worlds(-0.05),
          mpk: worlds(0.01),
        },
      });
  switch (broken) {
    case 'consumption below 0':
      return [labor(except(-by), everyone(1)), euler({ today: except(-by) })];
    case 'consumption of 0':
      return [labor(except(0), everyone(1)), euler({ today: except(0) })];
    case 'next consumption below 0':
      return [euler({ next: except(-by) })];
    case 'income below 0, progressive tax':
      return [budget(PROGRESSIVE), labor(everyone(1), rich)];
    case 'next income below 0, progressive tax':
      return [euler({ nextWealth: rich })];
    case 'h is no number': {
      const h = except(Number.NaN, 0.9);
      return [
        euler({ h }),
        ({ call }) => call(bewleyComplementarity, { savingsRatio: everyone(0.5), marginalReturn: h }),
      ];
    }
    case 'consumption is no number':
      return [labor(except(Number.NaN), everyone(1)), euler({ today: except(Number.NaN) })];
    case 'income below 0, flat tax':
      return [budget(FLAT)];
  }
}
