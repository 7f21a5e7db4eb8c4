/** Where a function changes sign. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
  readonly atLow: number;
  readonly atHigh: number;
}

/** A root, or where the search ended. */
export interface Root {
  readonly x: number;
  readonly value: number;
}

/**
 * A root inside a bracket by inverse quadratic interpolation where that is safe, and bisection where it is not
 * (Chandrupatla 1997): until |f| < tolerance, or the bracket has no double inside.
 */
export function rootIn(f: (x: number) => number, bracket: Bracket, tolerance: number): Root {
  let [a, fa] = [bracket.high, bracket.atHigh];
  let [b, fb] = [bracket.low, bracket.atLow];
  if (Math.abs(fa) < tolerance) return { x: a, value: fa };
  if (Math.abs(fb) < tolerance) return { x: b, value: fb };
  let share = 0.5;
  for (;;) {
    const x = a + share * (b - a);
    if (x === a || x === b) return Math.abs(fa) < Math.abs(fb) ? { x: a, value: fa } : { x: b, value: fb };
    const value = f(x);
    if (Math.abs(value) < tolerance || Number.isNaN(value)) return { x, value };
    let [c, fc] = [a, fa];
    if (value > 0 !== fa > 0) {
      [c, fc] = [b, fb];
      [b, fb] = [a, fa];
    }
    [a, fa] = [x, value];
    const xi = (a - b) / (c - b);
    const phi = (fa - fb) / (fc - fb);
    const isSafe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    share = isSafe
      ? (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb))
      : 0.5;
    // Steps below the rounding of x would stand still.
    const least = Math.min(0.5, (4 * Number.EPSILON * Math.abs(a)) / Math.abs(b - a));
    share = Math.min(1 - least, Math.max(least, share));
  }
}
