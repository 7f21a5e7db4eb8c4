import type { EngineName } from './names.ts';

/**
 * What an engine does with values that are no ordinary numbers, where it differs from IEEE 754: its declared policy,
 * which the law `engine/special-values` holds it to. What is not named here follows the standard.
 */
export interface SpecialValues {
  /** Primitives that may return an ordinary number, or an infinity, for a NaN. */
  readonly nanLostBy: readonly string[];
  /** Primitives that may return a finite number for an infinity. */
  readonly infinityLostBy: readonly string[];
  /** Primitives that may lose the sign of a zero. */
  readonly signOfZeroLostBy: readonly string[];
  /** Primitives that may return 0 for what is below the smallest normal number, and take such arguments for 0. */
  readonly subnormalsLostBy: readonly string[];
  /** Primitives with an absolute error only: they may return 0 for any number far below 1. */
  readonly smallNumbersLostBy: readonly string[];
}

const IEEE_754: SpecialValues = {
  nanLostBy: [],
  infinityLostBy: [],
  signOfZeroLostBy: [],
  subnormalsLostBy: [],
  smallNumbersLostBy: [],
};

/** maximum and minimum compare and select: the first operand wins over a NaN in the second. */
const WASM: SpecialValues = {
  ...IEEE_754,
  nanLostBy: ['maximum', 'minimum'],
  signOfZeroLostBy: ['celu', 'maximum', 'minimum'],
};

/** JavaScript arithmetic; celu subtracts 1 from an exponential. */
const CPU: SpecialValues = {
  ...IEEE_754,
  signOfZeroLostBy: ['celu'],
  subnormalsLostBy: ['celu'],
};

/** TensorFlow sets the processor to flush subnormals to zero, as argument and as result. */
const TENSORFLOW: SpecialValues = {
  ...IEEE_754,
  signOfZeroLostBy: ['maximum', 'minimum'],
  subnormalsLostBy: ['add', 'mul', 'div', 'log', 'sqrt', 'tanh', 'maximum', 'minimum'],
};

/**
 * WGSL lets a shader assume that there are no NaN and no infinities (§ 15.7.2, "Differences from IEEE-754"), and flush
 * subnormals. Measured on SwiftShader, whose exp takes a NaN for +∞ and whose log ends at ±89.
 */
const WEBGPU: SpecialValues = {
  nanLostBy: ['exp', 'log', 'sigmoid', 'celu'],
  infinityLostBy: ['log'],
  signOfZeroLostBy: ['tanh', 'maximum', 'minimum'],
  subnormalsLostBy: ['add', 'mul', 'div', 'log', 'sqrt', 'maximum', 'minimum'],
  smallNumbersLostBy: ['tanh'],
};

/** As measured, but for `tensorflow-gpu`, which is presumed to do as its processor's version does. */
const POLICIES: Readonly<Record<EngineName, SpecialValues>> = {
  wasm: WASM,
  cpu: CPU,
  webgpu: WEBGPU,
  tensorflow: TENSORFLOW,
  'tensorflow-gpu': TENSORFLOW,
};

/** The declared policy of an engine. */
export function specialValuesOf(engine: EngineName): SpecialValues {
  return POLICIES[engine];
}
