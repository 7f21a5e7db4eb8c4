import type { Bounded } from '../numerics/running-error.ts';
import type { TensorValue } from './tensor-value.ts';
import { typeOf } from './tensor-value.ts';

/**
 * The size of a violation over the bound derived for it. `measured / allowed > 1` violates, and so does anything
 * that is not a number: a law never takes two non-finite values as equal.
 */
export interface Measurement {
  /** What was measured, in words: `IS residual`. */
  readonly quantity: string;
  readonly measured: number;
  readonly allowed: number;
  /** Where: `sample 3`, `step 2, weight 17`. */
  readonly at?: string;
  readonly expected?: string;
  readonly got?: string;
  /** A statistical measurement that lacks the power to say `holds`: why. Ignored when it violates all the same. */
  readonly inconclusive?: string;
}

/** Measured over allowed; `Infinity` where either is not a number or the bound is useless. */
export function ratioOf(measurement: Measurement): number {
  const { measured, allowed } = measurement;
  if (!Number.isFinite(measured) || !Number.isFinite(allowed) || allowed < 0 || measured < 0) return Infinity;
  if (measured === 0) return 0;
  return measured / allowed;
}

export function violates(measurement: Measurement): boolean {
  return ratioOf(measurement) > 1;
}

/** The measurement with the largest ratio; a non-finite one wins. `undefined` for none. */
export function worstOf(measurements: readonly Measurement[]): Measurement | undefined {
  return measurements.reduce<Measurement | undefined>(
    (worst, next) => (worst === undefined || ratioOf(next) > ratioOf(worst) ? next : worst),
    undefined,
  );
}

/** Two numbers that must agree within a bound. */
export function agree(
  quantity: string,
  got: number,
  expected: number,
  allowed: number,
  at?: string,
): Measurement {
  return {
    quantity,
    measured: Math.abs(got - expected),
    allowed,
    expected: String(expected),
    got: String(got),
    ...(at === undefined ? {} : { at }),
  };
}

/** Something that is so or is not: shape, count, identity of bits. */
export function same(quantity: string, got: string, expected: string, at?: string): Measurement {
  return {
    quantity,
    measured: got === expected ? 0 : 1,
    allowed: 0,
    expected,
    got,
    ...(at === undefined ? {} : { at }),
  };
}

/** What a subject does not answer, and which therefore was not judged: a gradient that it does not have. */
export function notAnswered(quantity: string): Measurement {
  return {
    quantity,
    measured: 0,
    allowed: 0,
    inconclusive: `${quantity}: the subject answers none; all else was judged`,
  };
}

/** A tensor must have this dtype and shape. */
export function hasType(
  quantity: string,
  value: TensorValue | null,
  dtype: TensorValue['dtype'],
  shape: readonly number[],
): Measurement {
  if (value === null) return notAnswered(quantity);
  return same(`type of ${quantity}`, typeOf(value), `${dtype}[${shape.join(', ')}]`);
}

/**
 * A tensor must agree with its float64 oracle, element by element, each within the forward-error bound that the
 * oracle carries. Returns the worst element; a tensor of another size is a violation of its own.
 */
export function agreesWithOracle(
  quantity: string,
  value: TensorValue | null,
  oracle: readonly Bounded[],
  nameOf: (index: number) => string = (index) => `sample ${index}`,
): Measurement {
  if (value === null) return notAnswered(quantity);
  if (value.data.length !== oracle.length) {
    return same(`number of elements of ${quantity}`, String(value.data.length), String(oracle.length));
  }
  const elements = oracle.map((expected, index) =>
    agree(quantity, value.data[index] ?? Number.NaN, expected.value, expected.bound, nameOf(index)),
  );
  return worstOf(elements) ?? { quantity: `${quantity} (empty)`, measured: Number.NaN, allowed: 0 };
}

/** Two tensors must be equal bit for bit (NaN never is). Reports the first difference. */
export function bitEqual(
  quantity: string,
  got: TensorValue,
  expected: TensorValue,
  nameOf: (index: number) => string = (index) => `element ${index}`,
): Measurement {
  if (typeOf(got) !== typeOf(expected)) return same(`type of ${quantity}`, typeOf(got), typeOf(expected));
  for (let index = 0; index < expected.data.length; index += 1) {
    const [g, e] = [got.data[index], expected.data[index]];
    if (g === undefined || e === undefined || Number.isNaN(g) || !Object.is(g, e)) {
      return { quantity, measured: 1, allowed: 0, at: nameOf(index), got: printed(g), expected: printed(e) };
    }
  }
  return { quantity, measured: 0, allowed: 0 };
}

/** Text in which −0 is not 0. */
function printed(value: number | undefined): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
