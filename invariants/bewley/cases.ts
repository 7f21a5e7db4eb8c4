import fc from 'fast-check';
import { between, exactly, rowOf } from '../../src/verification/generators.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import type { Preferences, Schedule, Taxes, Technology } from './oracle/expressions.ts';

/** A setting as a person would write it, with three digits: most are no numbers of single precision. */
export function setting(low: number, high: number): fc.Arbitrary<number> {
  return fc.integer({ min: Math.ceil(1_000 * low), max: Math.floor(1_000 * high) }).map((n) => n / 1_000);
}

/** A number over orders of magnitude, equally often in each, in single precision. */
export function magnitude(low: number, high: number): fc.Arbitrary<number> {
  return between(Math.log(low), Math.log(high)).map((log) => Math.fround(Math.exp(log)));
}

/** θ = 1, where utility is the logarithm, in two cases of five. */
export const preferences: fc.Arbitrary<Preferences> = fc.record({
  theta: fc.oneof(
    { weight: 2, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.constant(2) },
    { weight: 2, arbitrary: setting(0.5, 4) },
  ),
  gamma: fc.oneof(fc.constant(2), setting(0.5, 4)),
  beta: setting(0.9, 0.995),
});

/** None, flat, or progressive. */
export const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ tau: 0, xi: 0 }) },
  { weight: 2, arbitrary: fc.record({ tau: setting(0.01, 0.4), xi: fc.constant(0) }) },
  { weight: 4, arbitrary: fc.record({ tau: setting(0, 0.4), xi: setting(0.02, 0.6) }) },
);

export const taxes: fc.Arbitrary<Taxes> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constant({ consumption: 0, income: { tau: 0, xi: 0 }, wealth: { tau: 0, xi: 0 } }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ consumption: setting(0, 0.3), income: schedule, wealth: schedule }),
  },
);

/** Depreciation is drawn as a share of the marginal product of capital elsewhere, so that r is positive. */
export const technology: fc.Arbitrary<Technology> = fc.record({
  productivity: fc.oneof(fc.constant(1), setting(0.5, 3)),
  alpha: setting(0.2, 0.5),
  delta: setting(0, 0.1),
});

/** Bounds of labour of the documented policy. */
export const LABOR = { minimum: 0.01, maximum: 0.99 } as const;

/** B worlds of A agents: neither is 1, a multiple of 4, or equal to the other. */
export const shape: fc.Arbitrary<readonly [worlds: number, agents: number]> = fc.tuple(
  fc.constantFrom(2, 3),
  fc.constantFrom(5, 6, 7),
);

/** Columns of numbers: of agents, (B, A), and of worlds, (B, 1). */
export type Economy<Agents extends string, Worlds extends string = never> = Readonly<
  Record<Agents | Worlds, TensorValue>
>;

/** Numbers of every agent and every world, by name. */
export function economyOf<Agents extends string, Worlds extends string = never>(
  agents: Readonly<Record<Agents, fc.Arbitrary<number>>>,
  worlds?: Readonly<Record<Worlds, fc.Arbitrary<number>>>,
): fc.Arbitrary<Economy<Agents, Worlds>> {
  const agentColumns = Object.entries<fc.Arbitrary<number>>(agents);
  const worldColumns = Object.entries<fc.Arbitrary<number>>(worlds ?? {});
  return shape.chain(([b, a]) =>
    fc
      .tuple(
        exactly(b * a, rowOf(agentColumns.map(([, column]) => column))),
        exactly(b, rowOf(worldColumns.map(([, column]) => column))),
      )
      .map(
        ([agentRows, worldRows]) =>
          Object.fromEntries([
            ...agentColumns.map(([name], index) => [
              name,
              float32(
                [b, a],
                agentRows.map((row) => row[index] ?? 0),
              ),
            ]),
            ...worldColumns.map(([name], index) => [
              name,
              float32(
                [b, 1],
                worldRows.map((row) => row[index] ?? 0),
              ),
            ]),
          ]) as Economy<Agents, Worlds>,
      ),
  );
}

/** Number `index` of the agents (B, A), for what agents have and for what their worlds have (B, 1). */
export function valueOf(tensor: TensorValue, index: number, agents: number): number {
  const isOfWorlds = tensor.shape[1] === 1;
  return tensor.data[isOfWorlds ? Math.floor(index / agents) : index] ?? Number.NaN;
}

/** The oracle at every agent of (B, A), from exact symbols by the names that formulas use. */
export function atAgents<T>(
  like: TensorValue,
  tensors: Readonly<Record<string, TensorValue>>,
  evaluate: (symbols: Record<string, number>, index: number) => T,
): readonly T[] {
  const [, agents = 0] = like.shape;
  return Array.from(like.data, (_, index) =>
    evaluate(
      Object.fromEntries(
        Object.entries(tensors).map(([name, tensor]) => [name, valueOf(tensor, index, agents)]),
      ),
      index,
    ),
  );
}

/** `world 1, agent 4`, for element names of (B, A). */
export function agentName({ shape: [, agents = 1] }: TensorValue): (index: number) => string {
  return (index) => `world ${Math.floor(index / agents)}, agent ${index % agents}`;
}
