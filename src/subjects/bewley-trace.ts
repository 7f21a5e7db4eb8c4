import * as tf from '@tensorflow/tfjs';
import type {
  BewleyDraw,
  BewleyKit,
  BewleyPolicy,
  BewleyPolicyInputs,
  BewleyState,
} from '../models/bewley/index.ts';
import { bewleyPeriodTrace } from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { evaluate, upload } from './transfer.ts';

/** Periods as a training run takes them, with what the policy was fed. */
export function bewleyTrace(kit: BewleyKit): Implementation {
  return implement(bewleyPeriodTrace, async ({ initial, draws, chosen, policy, ...terms }) => {
    const answer = await evaluate(() => {
      const fed: BewleyPolicyInputs[] = [];
      const linear = linearPolicy(kit, upload(policy), terms.labor);
      const recorded: BewleyPolicy = (inputs) => {
        fed.push(inputs);
        return linear(inputs);
      };
      let state: BewleyState = {
        wealth: upload(initial.wealth),
        ability: upload(initial.ability),
        star: upload(initial.star),
      };
      const states = [state];
      const savings: tf.Tensor[] = [];
      const branchSavings: tf.Tensor[] = [];
      for (let step = 0; step < chosen.data.length; step += 1) {
        const today = kit.period(kit, state, recorded(kit.policyInputs(state)), terms);
        const both = { a: drawOf(draws, step, 0), b: drawOf(draws, step, 1) };
        const { a, b } = kit.lookAhead(kit, today, both, recorded, terms);
        savings.push(today.savings);
        branchSavings.push(a.period.savings, b.period.savings);
        state = kit.commit(kit, today, chosen.data[step] === 0 ? a : b);
        states.push(state);
      }
      return {
        ...named('states', states),
        ...named('fed', fed),
        savings: tf.stack(savings),
        branchSavings: tf.stack(branchSavings),
      };
    });
    const folded = (value: TensorValue, inner: number): TensorValue => {
      const [rows = 0, ...rest] = value.shape;
      return { ...value, shape: [rows / inner, inner, ...rest] };
    };
    return {
      states: {
        wealth: answer['states.wealth'],
        ability: answer['states.ability'],
        star: answer['states.star'],
      },
      fed: {
        wealth: folded(answer['fed.wealth'], 3),
        ability: folded(answer['fed.ability'], 3),
        star: folded(answer['fed.star'], 3),
      },
      savings: answer.savings,
      branchSavings: folded(answer.branchSavings, 2),
    };
  });
}

/** Controls from `policy`·(1, wealth, ability, star), through the controls of the kit. */
function linearPolicy(
  kit: BewleyKit,
  policy: tf.Tensor,
  labor: { readonly minimum: number; readonly maximum: number },
): BewleyPolicy {
  return ({ wealth, ability, star }) => {
    const features = tf.stack([tf.onesLike(wealth), wealth, ability, star], 2);
    const [worlds = 0, agents = 0] = wealth.shape;
    const rows = tf.matMul(tf.reshape<tf.Rank.R2>(features, [worlds * agents, 4]), policy, false, true);
    return kit.controls(tf.reshape(rows, [worlds, agents, 3]), labor);
  };
}

/** One of the two draws of a period, from (S, 2, B, A). */
function drawOf(
  { ability, star }: { readonly ability: TensorValue; readonly star: TensorValue },
  step: number,
  branch: number,
): BewleyDraw {
  const part = (value: TensorValue): tf.Tensor => {
    const [, , worlds = 0, agents = 0] = value.shape;
    const size = worlds * agents;
    const from = (2 * step + branch) * size;
    return upload({ ...value, shape: [worlds, agents], data: value.data.slice(from, from + size) });
  };
  return { ability: part(ability), star: part(star) };
}

type Traced<Prefix extends string> = Record<`${Prefix}.${keyof BewleyState}`, tf.Tensor>;

function named<const Prefix extends string>(prefix: Prefix, states: readonly BewleyState[]): Traced<Prefix> {
  return {
    [`${prefix}.wealth`]: tf.stack(states.map(({ wealth }) => wealth)),
    [`${prefix}.ability`]: tf.stack(states.map(({ ability }) => ability)),
    [`${prefix}.star`]: tf.stack(states.map(({ star }) => star)),
  } as Traced<Prefix>;
}
