import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { number } from './fields.ts';

/*
 * The running normaliser. A batch is (N…, A, F): samples, agents, features. Statistics are (F) in the scope `global`,
 * where all agents share them, and (A, F) in the scope `per-agent`. With m and v the running mean and variance,
 *
 *     z = clip((x − m)/max(√(v + epsilon), floor), ±clip).
 *
 * A batch that updates enters the statistics first and is normalised by them afterwards. Variances are divided by n.
 */

export const settings = z.object({
  scope: z.enum(['global', 'per-agent']),
  /** Weight of the past in an update; whoever averages over the whole past ignores it. */
  momentum: number,
  epsilon: number,
  floor: number,
  clip: number,
});

/** All that a normaliser remembers, as data; count is the number of batches that are in it. */
export const statistics = z.object({ count: number, mean: tensor, variance: tensor });

const trace = z.object({
  /** (T, N…, A, F): each batch, normalised. */
  normalised: tensor,
  /** (T): share of its elements that were clipped. */
  clippedShare: tensor,
  /** (T, F) or (T, A, F): statistics after it. */
  mean: tensor,
  variance: tensor,
  /** (T): batches that are in the statistics. */
  count: tensor,
  /** (T): tensors that are alive, with all that the answer needs on the host; 0 where the subject counts none. */
  tensors: tensor,
});

export const normaliserRun = operation({
  name: 'normaliser.run',
  summary:
    'a normaliser that begins empty, or from given statistics, and is updated by T batches in turn: a row a batch',
  input: z.object({ settings, batches: tensor, from: statistics.nullable() }),
  output: trace,
});

export const normaliserTransform = operation({
  name: 'normaliser.transform',
  summary: 'a batch under given statistics, with or without update, and the statistics held afterwards',
  input: z.object({ settings, statistics, batch: tensor, update: z.boolean() }),
  output: z.object({ normalised: tensor, clippedShare: number, statistics }),
});

export const normaliserEmpty = operation({
  name: 'normaliser.empty',
  summary:
    'whether a normaliser without statistics refuses to transform a batch that does not update it; the message of the refusal, or empty',
  input: z.object({ settings, batch: tensor }),
  output: z.object({ refused: z.boolean(), message: z.string() }),
});

export const normaliserSaveLoad = operation({
  name: 'normaliser.saveLoad',
  summary:
    'a normaliser that is updated by T batches, saved after `at` of them and gone on with by another that loaded what was saved: what that one holds once it has loaded (null for nothing), and a row for each batch after',
  input: z.object({ settings, batches: tensor, at: z.int().positive() }),
  output: z.object({ loaded: statistics.nullable(), after: trace }),
});

export const normaliserGradient = operation({
  name: 'normaliser.gradient',
  summary:
    'for a batch that updates given statistics: gradient in the batch of Σ cotangent·z, and the largest absolute gradient in the batch of Σ m′ and of Σ v′, the statistics after it',
  input: z.object({ settings, statistics, batch: tensor, cotangent: tensor }),
  output: z.object({ batch: tensor, ofMean: number, ofVariance: number, statistics }),
});
