import { SuiteError } from '../errors.ts';
import type { Bounded, RunningError } from './running-error.ts';
import { productError } from './running-operations.ts';
import type { Rounding } from './running-rounding.ts';
import { oracleGamma } from './running-rounding.ts';

type Sums = Pick<RunningError, 'sum' | 'dot' | 'mean'>;

/** A term of a sum before the engine rounds it: what it is, how far off, and how large it may be. */
interface Term {
  readonly value: number;
  readonly propagated: number;
  readonly size: number;
}

/**
 * Sums. In whatever order n terms are added, a term takes part in at most n − 1 additions, so that the engine returns
 * Σ x̂ᵢ(1 + θᵢ) with |θᵢ| ≤ γ_{n−1} (Higham, §4.2); a product before it is one rounding more, or none if it is fused.
 */
export function runningSums({ range, underflow, gamma, read, result }: Rounding): Sums {
  /** Σ terms, each rounded at most `roundings` times on its way into the sum, divided by `divisor`. */
  const accumulate = (terms: readonly Term[], roundings: number, divisor = 1): Bounded => {
    const total = (part: (term: Term) => number): number => terms.reduce((sum, term) => sum + part(term), 0);
    const size = total((term) => term.size);
    const growth = gamma(roundings);
    // Terms that cancel may overflow before they do.
    const mayOverflow = !(size * (1 + growth) <= range.largest);
    // A product, an addition and a quotient a term may underflow, and what they lose is rounded on.
    const lost = 3 * terms.length * underflow * (1 + growth);
    return result(
      total((term) => term.value) / divisor,
      mayOverflow ? Infinity : total((term) => term.propagated) / divisor,
      { relative: 0, absolute: (growth * size) / divisor + lost },
      { oracle: (oracleGamma(terms.length + 2) * size) / divisor, steps: 32 + 2 * terms.length },
    );
  };

  const termOf = (p: Bounded): Term => {
    const x = read(p);
    return { value: x.value, propagated: x.bound, size: Math.abs(x.value) + x.bound };
  };

  return {
    sum: (xs) => (xs.length === 1 ? first(xs) : accumulate(xs.map(termOf), Math.max(0, xs.length - 1))),
    dot(xs, ys) {
      if (xs.length !== ys.length) {
        throw new SuiteError({
          code: 'dot-lengths',
          what: 'an inner product was asked of lists of different lengths',
          given: `${xs.length} and ${ys.length} numbers`,
        });
      }
      const products = xs.map((p, index): Term => {
        const [x, y] = [read(p), read(ys[index] ?? NOT_A_NUMBER)];
        const [value, propagated] = [x.value * y.value, productError(x, y)];
        return { value, propagated, size: Math.abs(value) + propagated };
      });
      return accumulate(products, xs.length);
    },
    // Two more roundings: 1/n, and the product with it.
    mean: (xs) => (xs.length === 0 ? NOT_A_NUMBER : accumulate(xs.map(termOf), xs.length + 1, xs.length)),
  };
}

const NOT_A_NUMBER: Bounded = { value: Number.NaN, bound: Number.NaN };

/** A sum of one term computes nothing. */
function first(xs: readonly Bounded[]): Bounded {
  return xs[0] ?? NOT_A_NUMBER;
}
