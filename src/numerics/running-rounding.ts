import type { Arithmetic, FunctionError } from './arithmetic.ts';
import type { Bounded } from './running-error.ts';

/** How an engine, and the oracle beside it, round: what every operation of the running-error type is made of. */
export interface Rounding {
  readonly arithmetic: Arithmetic;
  readonly range: NormalRange;
  /** Largest absolute error of a result that underflows, in the engine or in the oracle. */
  readonly underflow: number;
  /** γ_k = ku/(1 − ku): k factors 1 + δᵢ, |δᵢ| ≤ u, multiply to 1 + θ, |θ| ≤ γ_k (Higham, Lemma 3.1). */
  readonly gamma: (roundings: number) => number;
  /** An operand as the engine reads it: one that may be subnormal may be flushed to zero. */
  readonly read: (x: Bounded) => Bounded;
  /**
   * A result: the value of the oracle, and the parts of its bound. `propagated` bounds |f(x̂) − f(x)| over the operands
   * x̂ that the engine may have; `error` is what the engine adds to f(x̂) by computing it.
   */
  readonly result: (
    value: number,
    propagated: number,
    error: FunctionError,
    allowance?: Allowance,
  ) => Bounded;
}

/** Magnitudes of the smallest and the largest normal number of a format. */
export interface NormalRange {
  readonly smallest: number;
  readonly largest: number;
}

/** What an operation allows for its own evaluation in double precision. */
export interface Allowance {
  /** Absolute error of the oracle; one rounding of the value unless given. */
  readonly oracle?: number;
  /** Roundings in the evaluation of the bound; few unless given. */
  readonly steps?: number;
}

/** Unit roundoff of the oracle. */
const ORACLE_ROUNDOFF = 2 ** -53;

/**
 * No formula below evaluates a bound with more than about twenty roundings, counting each elementary function of the
 * host as four.
 */
const FEW_STEPS = 32;

const SINGLE_RANGE: NormalRange = { smallest: 2 ** -126, largest: (2 - 2 ** -23) * 2 ** 127 };
const DOUBLE_RANGE: NormalRange = { smallest: 2 ** -1022, largest: Number.MAX_VALUE };

/** How the engine of this arithmetic rounds. */
export function roundingOf(arithmetic: Arithmetic): Rounding {
  const { roundoff } = arithmetic;
  // Engines compute in single or double precision, which the roundoff tells apart however badly they round.
  const range = roundoff < 2 ** -40 ? DOUBLE_RANGE : SINGLE_RANGE;
  // The oracle underflows gradually: by at most half its smallest number.
  const underflow = arithmetic.underflow + Number.MIN_VALUE;
  return {
    arithmetic,
    range,
    underflow,
    gamma: (roundings) => gammaOf(roundings, roundoff),
    read({ value, bound }) {
      const isZero = value === 0 && bound === 0;
      const mayBeFlushed = !isZero && Math.abs(value) - bound < underflow;
      return mayBeFlushed ? { value, bound: bound + underflow } : { value, bound };
    },
    result(value, propagated, { relative, absolute }, { oracle, steps = FEW_STEPS } = {}) {
      const evaluated = oracle ?? ORACLE_ROUNDOFF * Math.abs(value);
      const engine = relative * (Math.abs(value) + evaluated + propagated) + absolute;
      // Each of the roundings of the bound took at most a relative 2⁻⁵³ away, and all parts are positive.
      const bound = (propagated + engine + evaluated) * (1 + steps * 2 * ORACLE_ROUNDOFF);
      if (Number.isNaN(value)) return { value, bound: Number.NaN };
      // Also for a bound that is NaN: 0 × Infinity, which promises nothing.
      return Math.abs(value) + bound <= range.largest ? { value, bound } : { value, bound: Infinity };
    },
  };
}

/** γ_k in double precision, for the error of a sum that the oracle evaluates with k roundings. */
export function oracleGamma(roundings: number): number {
  return gammaOf(roundings, ORACLE_ROUNDOFF);
}

/** Elementary functions of the host are within four units in the last place (V8's ports of fdlibm: within two). */
export const ORACLE_FUNCTION_ERROR = 8 * ORACLE_ROUNDOFF;

function gammaOf(roundings: number, roundoff: number): number {
  const product = roundings * roundoff;
  return product < 1 ? product / (1 - product) : Infinity;
}
