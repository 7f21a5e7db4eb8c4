/** The elementary functions whose error an engine does not promise and Plumbline therefore measures. */
export const ELEMENTARY_FUNCTIONS = ['exp', 'expm1', 'log', 'sqrt', 'tanh', 'sigmoid', 'pow'] as const;
export type ElementaryFunction = (typeof ELEMENTARY_FUNCTIONS)[number];

/** |computed − f(x)| ≤ relative · |f(x)| + absolute, for arguments that are exact in the format. */
export interface FunctionError {
  readonly relative: number;
  readonly absolute: number;
}

/**
 * What is known of the floating-point arithmetic of an engine; every forward-error bound starts here.
 *
 * `roundoff` is the unit roundoff u (2⁻²⁴ for IEEE single precision, 2⁻⁵³ for double): each of +, −, ×, ÷
 * returns the exact result times (1 + δ), |δ| ≤ u (Higham, Accuracy and Stability of Numerical Algorithms,
 * §2.2). `underflow` is the largest absolute error of a result that underflows (the smallest normal number,
 * since engines may flush subnormals to zero).
 */
export interface Arithmetic {
  readonly roundoff: number;
  readonly underflow: number;
  readonly functions: Readonly<Record<ElementaryFunction, FunctionError>>;
}

/** IEEE 754 arithmetic with a given precision, and elementary functions within two units in the last place. */
function ieee(roundoff: number, underflow: number): Arithmetic {
  const error: FunctionError = { relative: 4 * roundoff, absolute: 0 };
  const functions = {
    exp: error,
    expm1: error,
    log: error,
    sqrt: error,
    tanh: error,
    sigmoid: error,
    pow: error,
  };
  return { roundoff, underflow, functions };
}

/** Single precision: u = 2⁻²⁴, smallest normal number 2⁻¹²⁶. */
export const IEEE_SINGLE: Arithmetic = ieee(2 ** -24, 2 ** -126);

/** Double precision: u = 2⁻⁵³, smallest normal number 2⁻¹⁰²². */
export const IEEE_DOUBLE: Arithmetic = ieee(2 ** -53, 2 ** -1022);
