import * as tf from '@tensorflow/tfjs';
import type { NkConfiguration, NkKit } from '../../models/nk/index.ts';
import {
  nkClosedForm,
  nkCoefficients,
  NK_PARAMETER_COUNT,
  parametersAt,
  policyShapes,
} from '../../models/nk/index.ts';
import { unflatten } from '../../nn/index.ts';
import { streamOf } from '../../numerics/stream.ts';

/** Economies that both figures average over. */
const SAMPLES = 2_000;

/** Root mean square of the network's X over that of the closed form, on ergodic states over the prior: 0 is flat. */
export async function policySizeOf(
  kit: NkKit,
  { network }: NkConfiguration,
  weights: Float32Array,
  seed: number,
): Promise<number> {
  const { parameters, zeta } = economies(kit, seed);
  const output = tf.tidy(() => {
    const slices = unflatten(tf.tensor1d(weights), policyShapes(kit, network));
    const policy = kit.policy(kit, slices, network);
    return policy(tf.tensor1d(zeta), tf.tensor2d(parameters, [SAMPLES, NK_PARAMETER_COUNT])).output;
  });
  const values = await output.data();
  output.dispose();
  const exact = Array.from(
    zeta,
    (state, index) => nkClosedForm(parametersAt(parameters, index), state).output,
  );
  return Math.sqrt(sumOfSquares(values) / sumOfSquares(exact));
}

/**
 * IS loss of flat policies when every sample is asked to meet the state of every sample: Σᵢⱼ (ζⱼ/σᵢ)², that is
 * B²·E[ζ²]·E[1/σ²] over the prior; for the reduction `mean`, without B².
 */
export function broadcastFloor(kit: NkKit, { batch, loss }: NkConfiguration, seed: number): number {
  const { parameters } = economies(kit, seed);
  const rows = Array.from({ length: SAMPLES }, (_, index) => parametersAt(parameters, index));
  const mean = (read: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + read(row), 0) / SAMPLES;
  const floor =
    mean((row) => nkCoefficients(row).ergodicDeviation ** 2) * mean(({ sigma }) => 1 / sigma ** 2);
  return loss.reduction === 'sum' ? batch ** 2 * floor : floor;
}

function economies(
  kit: NkKit,
  seed: number,
): { readonly parameters: Float32Array; readonly zeta: Float32Array } {
  const stream = streamOf(seed).split('reproduce');
  const parameters = kit.drawParameters(stream.split('parameters'), SAMPLES);
  return { parameters, zeta: kit.drawErgodicState(stream.split('state'), parameters, { widen: 1 }) };
}

function sumOfSquares(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value * value, 0);
}
