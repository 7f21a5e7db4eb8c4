import type { Arithmetic, ElementaryFunction } from '../../src/numerics/arithmetic.ts';
import type { Bounded, RunningError } from '../../src/numerics/running-error.ts';
import { runningError } from '../../src/numerics/running-error.ts';
import type { Stream } from '../../src/numerics/stream.ts';
import type { Single } from './float32.ts';
import { sumInAnyOrder } from './float32.ts';

/** A number as the oracle has it, and as the engine under test does. */
export interface Step {
  readonly operation: string;
  readonly oracle: Bounded;
  readonly engine: number;
}

type Operation = (operands: readonly [Step, Step, Step], machine: Machine) => Omit<Step, 'operation'>;

interface Machine {
  readonly running: RunningError;
  readonly round: Single;
  /** An elementary function as badly evaluated as the arithmetic of the engine lets it. */
  readonly poorly: (name: ElementaryFunction, value: number) => number;
  readonly stream: Stream;
}

const EXPONENTS = [-2, -1, 0, 0.5, 1, 2, 3];

const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: binary('add', (x, y) => x + y),
  sub: binary('sub', (x, y) => x - y),
  mul: binary('mul', (x, y) => x * y),
  div: binary('div', (x, y) => x / y),
  max: binary('max', Math.max),
  min: binary('min', Math.min),
  neg: ([x], { running }) => ({ oracle: running.neg(x.oracle), engine: -x.engine }),
  abs: ([x], { running }) => ({ oracle: running.abs(x.oracle), engine: Math.abs(x.engine) }),
  scale([x], { running, round, stream }) {
    const factor = 2 ** stream.integer(-5, 5);
    return { oracle: running.scale(x.oracle, factor), engine: round(round(x.engine) * factor) };
  },
  exp: unary('exp', Math.exp),
  expm1: unary('expm1', Math.expm1),
  log: unary('log', Math.log),
  sqrt: unary('sqrt', Math.sqrt),
  tanh: unary('tanh', Math.tanh),
  sigmoid: unary('sigmoid', (x) => 1 / (1 + Math.exp(-x))),
  power([x], { running, round, poorly, stream }) {
    const exponent = EXPONENTS[stream.integer(0, EXPONENTS.length - 1)] ?? 1;
    const value = round(x.engine) ** exponent;
    return { oracle: running.pow(x.oracle, running.exact(exponent)), engine: round(poorly('pow', value)) };
  },
  pow([x, y], { running, round, poorly }) {
    const value = round(x.engine) ** round(y.engine);
    return { oracle: running.pow(x.oracle, y.oracle), engine: round(poorly('pow', value)) };
  },
  square: ([x], { running, round }) => ({
    oracle: running.pow(x.oracle, running.exact(2)),
    engine: round(round(x.engine) ** 2),
  }),
  cubeOfReciprocal([x], { running, round }) {
    const reciprocal = round(1 / round(x.engine));
    const engine = round(round(reciprocal * reciprocal) * reciprocal);
    return { oracle: running.pow(x.oracle, running.exact(-3)), engine };
  },
  sum: (operands, { running, round, stream }) => ({
    oracle: running.sum(operands.map(({ oracle }) => oracle)),
    engine: sumInAnyOrder(
      operands.map(({ engine }) => round(engine)),
      round,
      stream,
    ),
  }),
  dot([x, y, z], { running, round, stream }) {
    const products = [
      [x, y],
      [y, z],
      [z, x],
    ] as const;
    return {
      oracle: running.dot(
        products.map(([a]) => a.oracle),
        products.map(([, b]) => b.oracle),
      ),
      engine: sumInAnyOrder(
        products.map(([a, b]) => round(round(a.engine) * round(b.engine))),
        round,
        stream,
      ),
    };
  },
  mean: (operands, { running, round, stream }) => ({
    oracle: running.mean(operands.map(({ oracle }) => oracle)),
    engine: round(
      sumInAnyOrder(
        operands.map(({ engine }) => round(engine)),
        round,
        stream,
      ) / 3,
    ),
  }),
};

/**
 * A computation of twelve operations that the stream chooses, on numbers of the order of `scale`, each on results
 * before it. Some of the numbers it starts from are already off by part of the bound that the oracle is told.
 */
export function runProgram(
  arithmetic: Arithmetic,
  round: Single,
  stream: Stream,
  scale: number,
): readonly Step[] {
  const running = runningError(arithmetic);
  const poorly = (name: ElementaryFunction, value: number): number => {
    const { relative } = arithmetic.functions[name];
    // What the rounding to the format leaves of the error that is allowed.
    return value * (1 + (relative - 1.01 * arithmetic.roundoff) * (2 * stream.uniform() - 1));
  };
  const machine: Machine = { running, round, poorly, stream };
  const steps: Step[] = Array.from({ length: 4 }, () => given(running, round, stream, scale));
  const names = Object.keys(OPERATIONS);
  const any = (): Step => steps[stream.integer(0, steps.length - 1)] ?? given(running, round, stream, scale);
  for (let count = 0; count < 12; count += 1) {
    const name = names[stream.integer(0, names.length - 1)] ?? '';
    const operation = OPERATIONS[name];
    if (operation === undefined) throw new Error(`no operation ${name}`);
    steps.push({ operation: name, ...operation([any(), any(), any()], machine) });
  }
  return steps;
}

function given(running: RunningError, round: Single, stream: Stream, scale: number): Step {
  const x = scale * (2 * stream.uniform() - 1);
  switch (stream.integer(0, 2)) {
    case 0:
      return { operation: 'exact', oracle: running.exact(round(x)), engine: round(x) };
    case 1:
      return { operation: 'rounded', oracle: running.rounded(x), engine: round(x) };
    default: {
      const value = x * (1 + 2 ** -stream.integer(3, 24) * (2 * stream.uniform() - 1));
      const bound = Math.abs(value - round(x)) * (1 + stream.uniform());
      return { operation: 'approximate', oracle: { value, bound }, engine: round(x) };
    }
  }
}

function binary(
  name: 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min',
  f: (x: number, y: number) => number,
): Operation {
  return ([x, y], { running, round }) => ({
    oracle: running[name](x.oracle, y.oracle),
    engine: round(f(round(x.engine), round(y.engine))),
  });
}

function unary(name: Exclude<ElementaryFunction, 'pow'>, f: (x: number) => number): Operation {
  return ([x], { running, round, poorly }) => ({
    oracle: running[name](x.oracle),
    engine: round(poorly(name, f(round(x.engine)))),
  });
}
