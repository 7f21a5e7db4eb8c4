import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { seed } from './fields.ts';

/** Building blocks that every trainer here is made of; the shapes are what `engine.evaluate` is asked. */
export const PRIMITIVES = [
  'add',
  'mul',
  'div',
  'matMul',
  'sum',
  'mean',
  'exp',
  'log',
  'tanh',
  'sigmoid',
  'sqrt',
  'celu',
] as const;
export type Primitive = (typeof PRIMITIVES)[number];

export const engineEvaluate = operation({
  name: 'engine.evaluate',
  summary:
    'a primitive of the engine on one or two float32 tensors, and the gradient of Σ cotangent·value in each of them (sum and mean reduce the last axis)',
  input: z.object({ primitive: z.enum(PRIMITIVES), inputs: z.array(tensor), cotangent: tensor }),
  output: z.object({ value: tensor, gradients: z.array(tensor) }),
});

/** Primitives whose answers to special values are judged. */
export const SPECIAL_PRIMITIVES = [...PRIMITIVES, 'maximum', 'minimum'] as const;
export type SpecialPrimitive = (typeof SPECIAL_PRIMITIVES)[number];

const names = z.array(z.string()).readonly();

export const engineSpecial = operation({
  name: 'engine.special',
  summary:
    'a primitive of the engine on one or two float32 tensors that hold special values, and the engine’s declared policy for them',
  input: z.object({ primitive: z.enum(SPECIAL_PRIMITIVES), inputs: z.array(tensor) }),
  output: z.object({
    value: tensor,
    policy: z.object({
      nanLostBy: names,
      infinityLostBy: names,
      signOfZeroLostBy: names,
      subnormalsLostBy: names,
      smallNumbersLostBy: names,
    }),
  }),
});

export const engineDraws = operation({
  name: 'engine.draws',
  summary: 'integers between two bounds, inclusive, drawn from a seed: (count) int32',
  input: z.object({ seed, count: z.int().positive(), low: z.int32(), high: z.int32() }),
  output: z.object({ integers: tensor }),
});

const memory = z.object({ tensors: z.int(), bytes: z.int(), buffers: z.int() });

export const engineAllocate = operation({
  name: 'engine.allocate',
  summary:
    'makes, for each shape, a float32 tensor, the result of a computation on it, and a view of that result; and disposes of them all. Tensors alive and their bytes as the subject counts them, and buffers that the engine itself holds: before, while they are held, and after',
  input: z.object({ shapes: z.array(z.array(z.int().positive())) }),
  output: z.object({ before: memory, held: memory, after: memory }),
});
