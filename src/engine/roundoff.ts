import * as tf from '@tensorflow/tfjs';
import { byMagnitude } from './arguments.ts';
import { ROUNDOFF, SMALLEST_NORMAL } from './float32.ts';
import type { FunctionPoint } from './transcendental.ts';

/** Pairs of operands for each of the four operations. */
const PAIRS = 1024;

/** As for functions: the pairs cannot hit the worst case. */
const SAFETY = 2;

const OPERATIONS = {
  add: { computed: tf.add, exact: (a: number, b: number) => a + b },
  sub: { computed: tf.sub, exact: (a: number, b: number) => a - b },
  mul: { computed: tf.mul, exact: (a: number, b: number) => a * b },
  div: { computed: tf.div, exact: (a: number, b: number) => a / b },
} as const;

/**
 * Unit roundoff of +, −, × and ÷ on the current engine: 2⁻²⁴ when every result is the correctly rounded one, else twice
 * the largest relative error that was seen. The correctly rounded result is that of double precision, rounded once
 * more, which is innocuous since 53 ≥ 2·24 + 2 (Figueroa 1995).
 */
export async function measureRoundoff(): Promise<number> {
  const first = [...byMagnitude(-20, 20, PAIRS / 2), ...byMagnitude(-20, 20, PAIRS / 2, -1)];
  const second = [...byMagnitude(-19, 19, PAIRS)].reverse();
  let roundoff = ROUNDOFF;
  for (const { computed, exact } of Object.values(OPERATIONS)) {
    for (const point of await evaluate(computed, exact, first, second)) {
      if (point.computed === Math.fround(point.exact)) continue;
      roundoff = Math.max(
        roundoff,
        (SAFETY * Math.abs(point.computed - point.exact)) / Math.abs(point.exact),
      );
    }
  }
  return roundoff;
}

/** Products below the smallest normal number, and products of subnormal factors that are above it. */
export async function subnormalProducts(): Promise<readonly FunctionPoint[]> {
  const below = byMagnitude(-140, -126, PAIRS / 4);
  const small = byMagnitude(-110, -100, PAIRS / 4);
  const scale = below.map((target, index) => Math.fround(target / (small[index] ?? 1)));
  const results = await evaluate(tf.mul, (a, b) => a * b, small, scale);
  // A factor that is flushed on the way in is wrong by itself, whatever it is multiplied with: scaled back.
  const restored = await evaluate(
    tf.mul,
    (a, b) => a * b,
    below,
    below.map(() => 2 ** 40),
  );
  const inputs = restored.map(({ exact, computed }) => ({
    exact: exact * 2 ** -40,
    computed: computed * 2 ** -40,
  }));
  return [...results, ...inputs].filter(({ exact }) => Math.abs(exact) < SMALLEST_NORMAL);
}

async function evaluate(
  computed: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  exact: (a: number, b: number) => number,
  first: readonly number[],
  second: readonly number[],
): Promise<readonly FunctionPoint[]> {
  const result = tf.tidy(() => computed(tf.tensor1d([...first]), tf.tensor1d([...second])));
  try {
    const values = await result.data();
    return first.map((a, index) => ({
      exact: exact(a, second[index] ?? Number.NaN),
      computed: values[index] ?? Number.NaN,
    }));
  } finally {
    result.dispose();
  }
}
