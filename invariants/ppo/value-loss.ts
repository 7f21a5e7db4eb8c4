import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { ppoValueLoss, ppoValueLossRefusal } from '../../src/verification/contracts/index.ts';
import { sizes } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, agreesWithOracle, hasType, same, worstOf } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { ragged, rowAt, tensorOf } from './cases.ts';
import { NOT_A_NUMBER } from './oracle/network.ts';

interface Case {
  readonly predictions: TensorValue;
  readonly old: TensorValue;
  readonly targets: TensorValue;
  readonly ranges: TensorValue;
  readonly settings: {
    readonly clip: 'none' | 'absolute' | 'relative' | 'scale';
    readonly loss: 'squared' | 'huber';
    readonly huberDelta: number;
  };
}

const TENSORS = ['predictions', 'old', 'targets', 'ranges'] as const;

/** The loss of a value head is a mean over samples, each judged by itself. */
export const valueLoss = law<Case>({
  id: 'ppo/value-loss',
  statement:
    'The value loss of a head is the mean of squared or Huber errors, with clipping the larger of the free and the held; its gradient, and the count of samples without one, are those of the formula; a batch is its samples one by one, and tensors of different shapes are refused.',
  formula:
    'L_c = mean max(l(V), l(V_old + clip(V − V_old, ± range))),  l = ½e² or Huber’s;  L(batch of n) = mean of n L(batch of 1)',
  guards:
    'predictions that are merged or broadcast against targets: the loss is E[R²] whatever the critic says, and it learns nothing',
  suspects: 'the value loss (src/models/ppo/value-loss.ts here): shapes, the clip, and its counter',
  oracle: 'derivation',
  bound:
    'forward error of errors, squares and means; a sample within its bound of a kink has either gradient, and is counted either way',
  needs: [ppoValueLoss, ppoValueLossRefusal],
  budget: { runs: 30 },
  coverage: [
    { label: 'without clipping', minimumShare: 0.15, shows: ({ settings }) => settings.clip === 'none' },
    { label: 'with clipping', minimumShare: 0.4, shows: ({ settings }) => settings.clip !== 'none' },
    { label: 'Huber’s', minimumShare: 0.25, shows: ({ settings }) => settings.loss === 'huber' },
  ],
  cases: sizes(2).chain(([samples = 3, heads = 5]) => {
    const shape = [samples, heads];
    return fc.record({
      predictions: tensorOf(shape, ragged(-2, 2)),
      old: tensorOf(shape, ragged(-2, 2)),
      targets: tensorOf(shape, ragged(-3, 3)),
      ranges: tensorOf(shape, ragged(0.1, 2)),
      settings: fc.record({
        clip: fc.constantFrom('none', 'absolute', 'relative', 'scale'),
        loss: fc.constantFrom('squared', 'huber'),
        huberDelta: fc.constantFrom(0.5, 1, 1.25),
      }),
    });
  }),
  async judge(sample, bench) {
    const { settings, ...tensors } = sample;
    const { call, arithmetic, floats } = bench;
    const answer = await call(ppoValueLoss, sample);
    const [count = 0, heads = 0] = tensors.predictions.shape;
    const elements = Array.from(tensors.predictions.data, (_, at) => elementOf(arithmetic, sample, at));
    const ofHead = <T>(of: (element: Element) => T): readonly (readonly T[])[] =>
      Array.from({ length: heads }, (_, head) => elements.filter((__, at) => at % heads === head).map(of));
    const share = arithmetic.div(arithmetic.exact(1), arithmetic.exact(count));
    const name = (head: number): string => `head ${head}`;
    return [
      hasType('loss', answer.perHead, floats, [heads]),
      agreesWithOracle(
        'loss',
        answer.perHead,
        ofHead(({ loss }) => loss).map((column) => arithmetic.mean(column)),
        name,
      ),
      agreesWithOracle(
        'gradient',
        answer.gradient,
        elements.map(({ slope }) => arithmetic.mul(share, slope)),
        (at) => `sample ${Math.floor(at / heads)}, head ${at % heads}`,
      ),
      agreesWithOracle(
        'share of samples without a gradient',
        answer.clipped,
        ofHead(({ isHeld }) => isHeld).map((column) => shareOf(column)),
        name,
      ),
      ...(await oneByOne(bench, sample, answer)),
      ...(await refusals(bench, tensors.predictions, settings)),
    ];
  },
});

interface Element {
  readonly loss: Bounded;
  readonly slope: Bounded;
  /** Whether clipping leaves it without a gradient; undefined within the bound of a kink. */
  readonly isHeld: boolean | undefined;
}

/** Loss and slope of one prediction. */
function elementOf(arithmetic: RunningError, sample: Case, at: number): Element {
  const { exact, sub, add, max, min, neg, mul } = arithmetic;
  const [v = NOT_A_NUMBER, old = NOT_A_NUMBER, target = NOT_A_NUMBER, range = NOT_A_NUMBER] = TENSORS.map(
    (name) => exact(sample[name].data[at] ?? NaN),
  );
  const error = sub(v, target);
  const free = lossOf(arithmetic, error, sample.settings);
  if (sample.settings.clip === 'none') return { ...free, isHeld: false };
  const moved = sub(v, old);
  const held = lossOf(arithmetic, sub(add(old, max(min(moved, range), neg(range))), target), sample.settings);
  const larger = max(free.loss, held.loss);
  const beyond = Math.abs(moved.value) - range.value;
  if (beyond < -moved.bound) {
    // Within the range the two are one, but for rounding: whichever is taken, the gradient is that of the error.
    const slopes = [free.slope, held.slope];
    const bound = Math.max(...slopes.map((one) => one.bound + Math.abs(one.value - free.slope.value)));
    return { loss: larger, slope: { value: free.slope.value, bound }, isHeld: false };
  }
  const isSure =
    beyond > moved.bound && Math.abs(held.loss.value - free.loss.value) > held.loss.bound + free.loss.bound;
  if (!isSure) {
    const bound = free.slope.bound + Math.abs(free.slope.value);
    return { loss: larger, slope: { value: free.slope.value, bound }, isHeld: undefined };
  }
  const isHeld = held.loss.value > free.loss.value;
  return { loss: larger, slope: isHeld ? mul(exact(0), free.slope) : free.slope, isHeld };
}

/** ½e², or Huber's: ½e² up to δ and δ(|e| − ½δ) beyond; and the slope in e. */
function lossOf(
  { abs, min, max, neg, mul, sub, scale, exact }: RunningError,
  error: Bounded,
  { loss, huberDelta }: Case['settings'],
): { readonly loss: Bounded; readonly slope: Bounded } {
  if (loss === 'squared') return { loss: scale(mul(error, error), 0.5), slope: mul(error, exact(1)) };
  const [distance, delta] = [abs(error), exact(huberDelta)];
  const capped = min(distance, delta);
  return {
    loss: mul(capped, sub(distance, scale(capped, 0.5))),
    slope: mul(max(min(error, delta), neg(delta)), exact(1)),
  };
}

/** How large a share is so; those of which it is not sure may count or not. */
function shareOf(column: readonly (boolean | undefined)[]): Bounded {
  const count = column.length;
  const sure = column.filter((one) => one === true).length;
  const unsure = column.filter((one) => one === undefined).length;
  return { value: (sure + unsure / 2) / count, bound: (unsure / 2 + 2 ** -20) / count };
}

/** A batch of n is n batches of one. */
async function oneByOne(
  { call }: Bench,
  { settings, ...tensors }: Case,
  { perHead, gradient }: { readonly perHead: TensorValue; readonly gradient: TensorValue | null },
): Promise<readonly Measurement[]> {
  const [count = 0, heads = 0] = tensors.predictions.shape;
  const row = (tensor: TensorValue, sample: number) => float32([1, heads], rowAt(tensor, sample));
  const sums = new Float64Array(heads);
  const slopes: Measurement[] = [];
  for (let sample = 0; sample < count; sample += 1) {
    const alone = await call(ppoValueLoss, {
      predictions: row(tensors.predictions, sample),
      old: row(tensors.old, sample),
      targets: row(tensors.targets, sample),
      ranges: row(tensors.ranges, sample),
      settings,
    });
    for (let head = 0; head < heads; head += 1) {
      sums[head] = (sums[head] ?? NaN) + (alone.perHead.data[head] ?? NaN) / count;
      // A loss without a gradient is told of by the measurement of the whole batch.
      if (gradient === null || alone.gradient === null) continue;
      const expected = (alone.gradient.data[head] ?? NaN) / count;
      slopes.push(
        agree(
          'gradient of a sample in its batch',
          gradient.data[sample * heads + head] ?? NaN,
          expected,
          ROUNDINGS * Math.abs(expected),
          `sample ${sample}, head ${head}`,
        ),
      );
    }
  }
  const losses = Array.from(sums, (sum, head) =>
    agree(
      'loss of a batch, and of its samples',
      perHead.data[head] ?? NaN,
      sum,
      (count + 4) * ROUNDINGS * sum,
      `head ${head}`,
    ),
  );
  return [worstOf(slopes), worstOf(losses)].filter((one) => one !== undefined);
}

/** Of a share of one sample, by 1/n or over n: terms of one sign add up with a few relative roundings each, 2⁻²⁴ at most. */
const ROUNDINGS = 4 * 2 ** -24;

/** (n, C) against (1, C), against (n, 1) and against (C, n). */
async function refusals(
  { call }: Bench,
  predictions: TensorValue,
  settings: Case['settings'],
): Promise<readonly Measurement[]> {
  const [count = 0, heads = 0] = predictions.shape;
  const shapes = [
    [1, heads],
    [count, 1],
    [heads, count],
  ] as const;
  const measured: Measurement[] = [];
  for (const shape of shapes) {
    const targets = float32(shape, new Float32Array(shape[0] * shape[1]));
    const { refused } = await call(ppoValueLossRefusal, { predictions, targets, settings });
    measured.push(
      same(`(${count}, ${heads}) against (${shape.join(', ')})`, refused ? 'refused' : 'taken', 'refused'),
    );
  }
  return measured;
}
