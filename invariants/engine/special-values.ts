import fc from 'fast-check';
import type { SpecialPrimitive } from '../../src/verification/contracts/index.ts';
import { engineSpecial, SPECIAL_PRIMITIVES } from '../../src/verification/contracts/index.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { hasType, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import { float32 } from '../../src/verification/tensor-value.ts';

/** Values that are no ordinary numbers, and some that are; 1e±30 over- and underflow in a product. */
const VALUES = [Number.NaN, Infinity, -Infinity, 0, -0, 1e-40, -1e-40, 1e30, -1e30, 1e-30, 2, -3];
const SMALLEST_NORMAL = 2 ** -126;
/** Half a unit of roundoff of 1: an engine with an absolute error only cannot tell this from 0. */
const SMALL = 2 ** -25;

const BINARY: ReadonlySet<SpecialPrimitive> = new Set(['add', 'mul', 'div', 'maximum', 'minimum']);

/** What IEEE 754 says of one element, in double precision; rounded to single below. */
const ELEMENT: Readonly<Partial<Record<SpecialPrimitive, (x: number, y: number) => number>>> = {
  add: (x, y) => x + y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  sqrt: Math.sqrt,
  celu: (x) => (x > 0 ? x : Math.expm1(x)),
  maximum: Math.max,
  minimum: Math.min,
};

interface SpecialCase {
  readonly primitive: SpecialPrimitive;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** An engine treats special values as the standard says, or as it declares. */
export const specialValues = law<SpecialCase>({
  id: 'engine/special-values',
  statement:
    'NaN, infinities, signed zeros and subnormal numbers come out of each primitive as IEEE 754 has them, but for what the engine declares.',
  formula: 'class(fl(f(x))) = class(f(x)) for the classes NaN, ±∞, ±0, finite',
  guards: 'a NaN that turns into a number: the loss looks fine, or perfect, and the run is dead',
  suspects:
    'the kernel of the engine; if the engine is known to differ, its declared policy (src/engine/special-values.ts here)',
  oracle: 'derivation',
  bound:
    'none: classes are equal or not; values that are subnormal, or may be taken for 0, are free where declared',
  needs: [engineSpecial],
  cases: fc.record({
    primitive: fc.constantFrom(...SPECIAL_PRIMITIVES.filter((primitive) => primitive !== 'matMul')),
    left: fc.shuffledSubarray(VALUES, { minLength: VALUES.length }),
    right: fc.shuffledSubarray(VALUES, { minLength: VALUES.length }),
  }),
  async judge({ primitive, left, right }, { call }) {
    const element = ELEMENT[primitive];
    if (element === undefined) {
      const rows = rowsOf(left);
      const matrix = float32([rows.length, left.length], rows.flat());
      return reductionsOf(primitive, (await call(engineSpecial, { primitive, inputs: [matrix] })).value);
    }
    const inputs = BINARY.has(primitive) ? [vectorOf(left), vectorOf(right)] : [vectorOf(left)];
    const { value, policy } = await call(engineSpecial, { primitive, inputs });
    const type = hasType(primitive, value, 'float32', [left.length]);
    const classes = left.map((one, index): Measurement => {
      const [x, y] = [Math.fround(one), Math.fround(right[index] ?? Number.NaN)];
      const arguments_ = BINARY.has(primitive) ? [x, y] : [x];
      if (policy.nanLostBy.includes(primitive) && arguments_.some(Number.isNaN)) return free(primitive);
      const allowed = classesOf((p, q) => Math.fround(element(p, q)), x, y, lossesOf(policy, primitive));
      const names = [...allowed].join(' or ');
      const got = value.data[index] ?? Number.NaN;
      const answer = classOf(got);
      return same(
        `${primitive}(${arguments_.join(', ')})`,
        allowed.has(answer) ? names : `${answer} (${got})`,
        names,
      );
    });
    return [type, ...classes];
  },
});

type Policy = OutputOf<typeof engineSpecial>['policy'];

/** What an engine declares that a primitive may lose, but for NaN. */
interface Losses {
  readonly infinity: boolean;
  readonly signOfZero: boolean;
  readonly subnormals: boolean;
  readonly smallNumbers: boolean;
}

function lossesOf(policy: Policy, primitive: SpecialPrimitive): Losses {
  return {
    infinity: policy.infinityLostBy.includes(primitive),
    signOfZero: policy.signOfZeroLostBy.includes(primitive),
    subnormals: policy.subnormalsLostBy.includes(primitive),
    smallNumbers: policy.smallNumbersLostBy.includes(primitive),
  };
}

/** The classes that f(x, y) may have. */
function classesOf(
  f: (x: number, y: number) => number,
  x: number,
  y: number,
  { infinity, signOfZero, subnormals, smallNumbers }: Losses,
): ReadonlySet<ValueClass> {
  const exact = f(x, y);
  const flushes = subnormals ? [f(flushed(x), y), f(x, flushed(y)), f(flushed(x), flushed(y))] : [];
  const allowed = new Set([exact, ...flushes].map(classOf));
  const zeroBelow = smallNumbers ? SMALL : subnormals ? SMALLEST_NORMAL : 0;
  if (exact !== 0 && Math.abs(exact) < zeroBelow) allowed.add(exact > 0 ? '+0' : '-0');
  if (infinity && (allowed.has('+∞') || allowed.has('-∞'))) allowed.add('finite');
  if (signOfZero && (allowed.has('+0') || allowed.has('-0'))) allowed.add('+0').add('-0');
  return allowed;
}

/** The values as they are; without NaN and −∞; and without NaN and +∞. */
function rowsOf(values: readonly number[]): readonly (readonly number[])[] {
  const ordinary = (...special: readonly number[]): readonly number[] =>
    values.map((value) => (Number.isNaN(value) || special.includes(value) ? 2 : value));
  return [values, ordinary(-Infinity), ordinary(Infinity)];
}

/** Sums and means of a row with a NaN are NaN, those of a row with one infinity are that infinity. */
function reductionsOf(primitive: SpecialPrimitive, { data }: TensorValue): readonly Measurement[] {
  return (['NaN', '+∞', '-∞'] as const).map((special, row) =>
    same(`${primitive} of a row with ${special}`, classOf(data[row] ?? 0), special),
  );
}

type ValueClass = 'NaN' | '+∞' | '-∞' | '+0' | '-0' | 'finite';

function classOf(value: number): ValueClass {
  if (Number.isNaN(value)) return 'NaN';
  if (value === 0) return Object.is(value, -0) ? '-0' : '+0';
  if (Number.isFinite(value)) return 'finite';
  return value > 0 ? '+∞' : '-∞';
}

function flushed(value: number): number {
  return Math.abs(value) < SMALLEST_NORMAL ? Math.sign(value) * 0 : value;
}

function free(primitive: SpecialPrimitive): Measurement {
  return {
    quantity: `${primitive} of a NaN, which the engine declares that it may lose`,
    measured: 0,
    allowed: 0,
  };
}

function vectorOf(values: readonly number[]): TensorValue {
  return float32([values.length], values);
}
