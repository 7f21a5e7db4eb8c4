import * as tf from '@tensorflow/tfjs';
import { SubjectError } from '../errors.ts';
import type { PpoKit, PpoOutputs } from '../models/ppo/index.ts';
import { ppoLoss } from '../models/ppo/index.ts';
import { onTape } from '../nn/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { InputOf } from '../verification/operation.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';
import { evaluate, upload, uploadMatrix } from './transfer.ts';

type Policy = Pick<PpoOutputs, 'policy' | 'logDeviation'>;

/** The losses of the PPO trainer as operations: tensors in, tensors out. */
export function ppoLosses(kit: PpoKit): readonly Implementation[] {
  return [
    implement(contract.ppoSurrogate, async ({ logRatio, advantages, clip }) => {
      const answer = await evaluate(() => {
        const given = upload(advantages) as tf.Tensor1D;
        const lossAt = (at: tf.Tensor): tf.Scalar =>
          kit.policyLoss({ logRatio: at as tf.Tensor1D, advantages: given }, clip);
        const at = upload(logRatio) as tf.Tensor1D;
        const gradient = onTape(() => tf.grad(lossAt)(at));
        return { loss: lossAt(at), gradient, ...kit.ratioStatistics(at, clip) };
      });
      const { gradient, ...scalars } = answer;
      return { gradient, ...numbersOf(scalars) };
    }),
    implement(contract.ppoDistribution, async ({ now, old, actions }) => {
      const { logProbabilities, oldLogProbabilities, ...scalars } = await evaluate(() => {
        const [after, before, raw] = [policyOf(now), policyOf(old), uploadMatrix(actions)];
        return {
          logProbabilities: kit.logProbability(after, raw),
          oldLogProbabilities: kit.logProbability(before, raw),
          entropy: kit.entropy(after),
          divergence: kit.divergence(before, after),
        };
      });
      return { logProbabilities, oldLogProbabilities, ...numbersOf(scalars) };
    }),
    implement(contract.ppoValueLoss, ({ settings, predictions, ...input }) =>
      evaluate(() => {
        const given = {
          old: uploadMatrix(input.old),
          targets: uploadMatrix(input.targets),
          ranges: uploadMatrix(input.ranges),
        };
        const lossAt = (at: tf.Tensor) =>
          kit.valueLoss({ predictions: at as tf.Tensor2D, ...given }, settings);
        const at = uploadMatrix(predictions);
        const gradient = onTape(() => tf.grad((values) => tf.sum(lossAt(values).perHead))(at));
        return { ...lossAt(at), gradient };
      }),
    ),
    implement(contract.ppoValueLossRefusal, async ({ predictions, targets, settings }) => {
      try {
        tf.tidy(() => {
          const values = uploadMatrix(predictions);
          kit.valueLoss(
            { predictions: values, old: values, targets: uploadMatrix(targets), ranges: values },
            settings,
          );
        });
        return { refused: false, message: '' };
      } catch (error) {
        if (error instanceof SubjectError) return { refused: true, message: error.message };
        throw error;
      }
    }),
    implement(contract.ppoLoss, (input) => wholeLoss(kit, input)),
  ];
}

async function wholeLoss(
  kit: PpoKit,
  { outputs, settings, rewardWeights, ...given }: InputOf<typeof contract.ppoLoss>,
) {
  const { logDeviation } = outputs;
  const { total, policy, entropy, ...rest } = await evaluate(() => {
    const values = uploadMatrix(given.old);
    const batch = {
      // Of what only the networks and the divergence, which is no part of the loss, are asked.
      observations: values,
      policies: uploadMatrix(outputs.policy),
      ...(logDeviation === null ? {} : { oldLogDeviation: upload(logDeviation) as tf.Tensor1D }),
      actions: uploadMatrix(given.actions),
      logProbabilities: upload(given.logProbabilities) as tf.Tensor1D,
      advantages: upload(given.advantages) as tf.Tensor1D,
      values,
      targets: uploadMatrix(given.targets),
      ranges: uploadMatrix(given.ranges),
    };
    const { clip, entropy: bonus, valueWeight, value } = settings;
    const configured = {
      policy: { clip, entropy: bonus, deviation: 1 },
      value: { ...value, weight: valueWeight, clipRange: 1 },
    };
    const lossAt = ([policyAt, valuesAt, deviationAt]: readonly tf.Tensor[]) =>
      ppoLoss(
        kit,
        {
          policy: policyAt as tf.Tensor2D,
          values: valuesAt as tf.Tensor2D,
          logDeviation: deviationAt as tf.Tensor1D | undefined,
        },
        batch,
        configured,
        rewardWeights,
      );
    const at = [outputs.policy, outputs.values, ...(logDeviation === null ? [] : [logDeviation])].map(upload);
    const totalAt = (...tensors: tf.Tensor[]): tf.Scalar => {
      const { ofPolicy, ofValue } = lossAt(tensors);
      return tf.add(ofPolicy, ofValue);
    };
    const [gradientPolicy, gradientValues, gradientLogDeviation] = onTape(() => tf.grads(totalAt)(at));
    const parts = lossAt(at);
    return {
      total: totalAt(...at),
      policy: parts.policy,
      entropy: parts.entropy,
      perHead: parts.value.perHead,
      gradientPolicy: gradientPolicy ?? tf.scalar(NaN),
      gradientValues: gradientValues ?? tf.scalar(NaN),
      gradientLogDeviation: gradientLogDeviation ?? tf.scalar(NaN),
    };
  });
  const { gradientLogDeviation, ...gradients } = rest;
  return {
    ...gradients,
    ...numbersOf({ total, policy, entropy }),
    gradientLogDeviation: logDeviation === null ? null : gradientLogDeviation,
  };
}

function policyOf({
  policy,
  logDeviation,
}: {
  policy: TensorValue;
  logDeviation: TensorValue | null;
}): Policy {
  return {
    policy: uploadMatrix(policy),
    logDeviation: logDeviation === null ? undefined : (upload(logDeviation) as tf.Tensor1D),
  };
}

/** Scalars as numbers. */
function numbersOf<Name extends string>(scalars: Readonly<Record<Name, TensorValue>>): Record<Name, number> {
  const entries = Object.entries<TensorValue>(scalars).map(([name, { data }]) => [
    name,
    data[0] ?? Number.NaN,
  ]);
  return Object.fromEntries(entries) as Record<Name, number>;
}
