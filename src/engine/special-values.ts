import type { EngineName } from './names.ts';

/**
 * What an engine does with values that are no ordinary numbers, where it is free to differ from IEEE 754: its declared
 * policy, which the law `engine/special-values` holds it to. What is not named here follows the standard.
 */
export interface SpecialValues {
  /** Primitives that may return an ordinary number for a NaN. */
  readonly nanLostBy: readonly string[];
  /** Primitives that may lose the sign of a zero. */
  readonly signOfZeroLostBy: readonly string[];
  /** Primitives that may return 0 for what is below the smallest normal number, and take such arguments for 0. */
  readonly subnormalsLostBy: readonly string[];
}

/** maximum and minimum of wasm compare and select: the first operand wins over a NaN in the second. */
const WASM: SpecialValues = {
  nanLostBy: ['maximum', 'minimum'],
  signOfZeroLostBy: ['celu', 'maximum', 'minimum'],
  subnormalsLostBy: [],
};

/** JavaScript arithmetic; celu subtracts 1 from an exponential, and maximum and minimum choose between zeros as they like. */
const CPU: SpecialValues = {
  nanLostBy: [],
  signOfZeroLostBy: ['celu', 'maximum', 'minimum'],
  subnormalsLostBy: ['celu'],
};

/** The policy of each engine, as measured; engines that are not here promise what `cpu` does until they are measured. */
const POLICIES: Partial<Readonly<Record<EngineName, SpecialValues>>> = { wasm: WASM, cpu: CPU };

/** The declared policy of an engine. */
export function specialValuesOf(engine: EngineName): SpecialValues {
  return POLICIES[engine] ?? CPU;
}
