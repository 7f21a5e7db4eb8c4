import { SuiteError } from '../errors.ts';

/*
 * Tails of distributions, for statistical laws: each bound stands for the error rate that it was asked for.
 */

/** Coefficients of a rational approximation, lowest power first. */
interface Rational {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

/*
 * Wichura (1988), Algorithm AS 241, routine PPND16: relative error about 1e-16 for every p that a double can hold.
 * The coefficients are his, rounded to double precision.
 */

/** Φ⁻¹(½ + q)/q for |q| ≤ 0.425; argument 0.425² − q². */
const CENTRE: Rational = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};

/** −Φ⁻¹(p) for r = √(−ln p) ≤ 5, that is p ≥ 1.4e-11; argument r − 1.6. */
const TAIL: Rational = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

/** −Φ⁻¹(p) for r > 5; argument r − 5. */
const FAR_TAIL: Rational = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/**
 * The number below which a standard normal variable falls with probability p: Φ⁻¹(p).
 *
 * @throws SuiteError `probability-range` unless 0 < p < 1.
 * @example normalQuantile(0.975) // 1.96
 */
export function normalQuantile(p: number): number {
  requireProbability(p, 'a quantile of the normal distribution');
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const distance = r <= 5 ? evaluate(TAIL, r - 1.6) : evaluate(FAR_TAIL, r - 5);
  return q < 0 ? -distance : distance;
}

/**
 * The number that |Z|, Z ~ N(0, 1), exceeds with probability `errorRate`. It is taken from the lower tail, which keeps
 * its digits however small the rate is.
 *
 * @throws SuiteError `probability-range` unless 0 < errorRate < 1.
 * @example normalCriticalValue(0.05) // 1.96
 */
export function normalCriticalValue(errorRate: number): number {
  requireProbability(errorRate, 'an error rate');
  return -normalQuantile(errorRate / 2);
}

/**
 * An interval that a χ² variable with n degrees of freedom leaves with probability at most `errorRate`, half of it at
 * either end, for every n: n − 2√(nx) … n + 2√(nx) + 2x with x = ln(2/errorRate) (Laurent and Massart 2000, Lemma 1).
 *
 * @throws SuiteError `probability-range` unless 0 < errorRate < 1, `degrees-of-freedom` unless n > 0.
 * @example chiSquareBounds(100, 0.05) // { lower: 61.6, upper: 145.8 }; the quantiles are 74.2 and 129.6
 */
export function chiSquareBounds(
  n: number,
  errorRate: number,
): { readonly lower: number; readonly upper: number } {
  requireProbability(errorRate, 'an error rate');
  if (!(n > 0)) {
    throw new SuiteError({
      code: 'degrees-of-freedom',
      what: 'there is no χ² distribution of this kind',
      given: `${n} degrees of freedom`,
      expected: 'more than 0',
    });
  }
  const x = Math.log(2 / errorRate);
  const spread = 2 * Math.sqrt(n * x);
  return { lower: Math.max(0, n - spread), upper: n + spread + 2 * x };
}

function evaluate({ numerator, denominator }: Rational, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

/** Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

function requireProbability(p: number, what: string): void {
  if (p > 0 && p < 1) return;
  throw new SuiteError({
    code: 'probability-range',
    what: `${what} was asked for a number that is no probability`,
    given: String(p),
    expected: 'more than 0 and less than 1',
  });
}
