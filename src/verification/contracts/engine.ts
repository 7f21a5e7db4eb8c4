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

export const engineSpecial = operation({
  name: 'engine.special',
  summary:
    'a primitive of the engine on one or two float32 tensors that hold special values, and the engine’s declared policy for them',
  input: z.object({ primitive: z.enum(SPECIAL_PRIMITIVES), inputs: z.array(tensor) }),
  output: z.object({
    value: tensor,
    policy: z.object({
      nanLostBy: z.array(z.string()),
      signOfZeroLostBy: z.array(z.string()),
      subnormalsLostBy: z.array(z.string()),
    }),
  }),
});

export const engineDraws = operation({
  name: 'engine.draws',
  summary: 'integers between two bounds, inclusive, drawn from a seed: (count) int32',
  input: z.object({ seed, count: z.int().positive(), low: z.int32(), high: z.int32() }),
  output: z.object({ integers: tensor }),
});
