import fc from 'fast-check';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import type { Primitive } from '../../src/verification/contracts/index.ts';
import { engineEvaluate, PRIMITIVES } from '../../src/verification/contracts/index.ts';
import { between, exactly, sizes } from '../../src/verification/generators.ts';
import type { Bench } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agreesWithOracle, hasType, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32, sizeOf } from '../../src/verification/tensor-value.ts';
import type { Matrix, Oracle } from './oracle/primitives.ts';
import { ORACLES } from './oracle/primitives.ts';

/** Arguments of a primitive lie where it and its gradient are defined and its error was measured. */
const DOMAIN: Readonly<Record<Primitive, readonly [number, number]>> = {
  add: [-8, 8],
  mul: [-8, 8],
  div: [0.25, 8],
  matMul: [-2, 2],
  sum: [-8, 8],
  mean: [-8, 8],
  exp: [-8, 4],
  log: [0.05, 8],
  tanh: [-4, 4],
  sigmoid: [-6, 6],
  sqrt: [0.05, 8],
  celu: [-6, 6],
};

const BINARY: ReadonlySet<Primitive> = new Set(['add', 'mul', 'div', 'matMul']);
const REDUCING: ReadonlySet<Primitive> = new Set(['sum', 'mean']);
const ELEMENTWISE = PRIMITIVES.filter((primitive) => primitive !== 'matMul');

interface PrimitiveCase {
  readonly primitive: Primitive;
  readonly inputs: readonly TensorValue[];
  readonly cotangent: TensorValue;
}

function casesOf(primitives: readonly Primitive[]): fc.Arbitrary<PrimitiveCase> {
  return fc
    .tuple(fc.constantFrom(...primitives), sizes(3))
    .chain(([primitive, [rows = 3, inner = 5, columns = 7]]) => {
      const number = between(...DOMAIN[primitive]);
      const second = primitive === 'matMul' ? [inner, columns] : [rows, inner];
      const out = primitive === 'matMul' ? [rows, columns] : REDUCING.has(primitive) ? [rows] : [rows, inner];
      return fc.record({
        primitive: fc.constant(primitive),
        inputs: BINARY.has(primitive)
          ? fc.tuple(tensorOf([rows, inner], number), tensorOf(second, number))
          : fc.tuple(tensorOf([rows, inner], number)),
        cotangent: tensorOf(out, between(-2, 2)),
      });
    });
}

function tensorOf(shape: readonly number[], value: fc.Arbitrary<number>): fc.Arbitrary<TensorValue> {
  return exactly(sizeOf(shape), value).map((data) => float32(shape, data));
}

const SHARED = {
  formula: '|fl(f(x)) − f(x)| ≤ bound(f, x, u),  |fl(∂f) − ∂f| ≤ bound(∂f, x, u)',
  suspects:
    'the engine: its driver, its package version, a fast-math mode; `plumbline engines` shows its self-test',
  oracle: 'engine',
  bound:
    'running error analysis (Higham, §3.3) with the measured unit roundoff and function errors of the engine',
  needs: [engineEvaluate],
} as const;

/** What an engine computes is what the mathematics says, within the error that its arithmetic allows. */
export const primitives = law<PrimitiveCase>({
  ...SHARED,
  id: 'engine/primitives',
  statement:
    'Each function, sum and mean that trainers are made of, and its gradient, agrees with double precision on plain arrays within its forward-error bound.',
  guards: 'an engine of low precision; a gradient that is missing a term on one engine only',
  coverage: ELEMENTWISE.map((primitive) => ({
    label: primitive,
    minimumShare: 0.02,
    shows: (sample) => sample.primitive === primitive,
  })),
  cases: casesOf(ELEMENTWISE),
  judge: judgePrimitive,
});

/** The matrix product has a law of its own, since most of the work of a trainer is done in it. */
export const products = law<PrimitiveCase>({
  ...SHARED,
  id: 'engine/products',
  statement:
    'The matrix product and its gradients agree with double precision on plain arrays within their forward-error bound.',
  guards:
    'an engine that runs and returns noise; matrix products in bfloat16 or TF32 where single precision is meant',
  cases: casesOf(['matMul']),
  judge: judgePrimitive,
});

async function judgePrimitive(
  { primitive, inputs, cotangent }: PrimitiveCase,
  { call, arithmetic }: Bench,
): Promise<readonly Measurement[]> {
  const answer = await call(engineEvaluate, { primitive, inputs: [...inputs], cotangent });
  const oracle = ORACLES[primitive](
    arithmetic,
    inputs.map((input) => matrixOf(arithmetic, input)),
    matrixOf(arithmetic, cotangent),
  );
  return [
    hasType(primitive, answer.value, 'float32', cotangent.shape),
    agreesWithOracle(primitive, answer.value, oracle.value.flat(), elementName),
    same(`gradients of ${primitive}`, String(answer.gradients.length), String(inputs.length)),
    ...gradientsAgree(primitive, answer.gradients, inputs, oracle),
  ];
}

function gradientsAgree(
  primitive: Primitive,
  gradients: readonly TensorValue[],
  inputs: readonly TensorValue[],
  oracle: Oracle,
): readonly Measurement[] {
  return gradients.flatMap((gradient, index) => [
    hasType(`gradient ${index} of ${primitive}`, gradient, 'float32', inputs[index]?.shape ?? []),
    agreesWithOracle(
      `gradient ${index} of ${primitive}`,
      gradient,
      (oracle.gradients[index] ?? []).flat(),
      elementName,
    ),
  ]);
}

const elementName = (index: number): string => `element ${index}`;

/** A tensor as a matrix of exact inputs; a vector is one column, so that reductions of the last axis are columns too. */
function matrixOf(arithmetic: RunningError, { shape, data }: TensorValue): Matrix {
  const [rows = 1, columns = 1] = shape;
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column): Bounded =>
      arithmetic.exact(data[row * columns + column] ?? Number.NaN),
    ),
  );
}
