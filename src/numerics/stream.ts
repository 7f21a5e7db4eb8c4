import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { InputError, SuiteError } from '../errors.ts';

/**
 * A source of random numbers that is named by a path of labels, and splits into others that are named by longer paths.
 *
 * The generator is xoroshiro128+ (Blackman and Vigna 2018, period 2¹²⁸ − 1) of pure-rand, started at a hash of the
 * path: n streams of m draws each overlap somewhere with a chance of about n²m/2¹²⁸.
 */
export interface Stream {
  readonly key: string;
  /**
   * The stream named by this path and one more label: a pure function of the two, whatever has been drawn before. The
   * labels 1 and '1' are two labels.
   *
   * @throws SuiteError `stream-label` for a label that is not finite.
   */
  split(label: string | number): Stream;
  /** Uniform on [0, 1): a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal, by the polar method of Marsaglia and Bray (1964). */
  normal(): number;
  /**
   * A whole number, each of lo … hi with the same chance (by rejection).
   *
   * @throws SuiteError `stream-range` unless lo ≤ hi are whole and hi − lo < 2⁵³.
   */
  integer(lo: number, hi: number): number;
}

/**
 * The stream of a seed.
 *
 * @throws InputError `seed-unusable` for a seed that is not finite.
 * @example streamOf(1).split('weights').normal() // the same number wherever it is asked for
 */
export function streamOf(seed: number | string): Stream {
  if (typeof seed === 'number' && !Number.isFinite(seed)) {
    throw new InputError({
      code: 'seed-unusable',
      what: 'a random stream cannot be started',
      given: `the seed ${seed}`,
      expected: 'a finite number or a text',
    });
  }
  return streamAt(keyOf('plumbline stream', seed));
}

/** n draws of N(0, 1), in order. */
export function normals(stream: Stream, n: number): Float64Array {
  return Float64Array.from({ length: n }, () => stream.normal());
}

/** n draws from [0, 1), in order. */
export function uniforms(stream: Stream, n: number): Float64Array {
  return Float64Array.from({ length: n }, () => stream.uniform());
}

/** One label after a parent of fixed length, and JSON says where a text ends: no two pairs are hashed alike. */
function keyOf(parent: string, label: string | number): string {
  return createHash('sha256')
    .update(parent + JSON.stringify(label))
    .digest('hex');
}

/** The beginning of a stream: the first 128 bits of its key, big-endian, are the state (zero with chance 2⁻¹²⁸). */
function streamAt(key: string): Stream {
  const words = [0, 8, 16, 24].map((start) => Number.parseInt(key.slice(start, start + 8), 16) | 0);
  const generator = xoroshiro128plusFromState(words);
  /** The second number of the last pair of normals, if it has not been drawn yet. */
  let spare: number | null = null;
  return {
    key,
    split(label) {
      if (typeof label === 'number' && !Number.isFinite(label)) {
        throw new SuiteError({
          code: 'stream-label',
          what: 'a random stream is split by no name',
          given: String(label),
        });
      }
      return streamAt(keyOf(key, label));
    },
    uniform: () => uniformFloat64(generator),
    normal() {
      if (spare !== null) {
        const draw = spare;
        spare = null;
        return draw;
      }
      const [draw, next] = polarPair(generator);
      spare = next;
      return draw;
    },
    integer(lo, hi) {
      if (Number.isSafeInteger(lo) && Number.isSafeInteger(hi) && Number.isSafeInteger(hi - lo) && lo <= hi) {
        return uniformInt(generator, lo, hi);
      }
      throw new SuiteError({
        code: 'stream-range',
        what: 'no whole number can be drawn from this range',
        given: `${lo} … ${hi}`,
        expected: 'whole numbers, the first not above the second, less than 2^53 apart',
      });
    },
  };
}

/**
 * A point uniform in the unit disc, stretched to two independent normals. Chosen over Box and Muller's form because
 * its only elementary function is the logarithm: sine and cosine differ between mathematical libraries.
 */
function polarPair(generator: RandomGenerator): readonly [number, number] {
  for (;;) {
    const x = 2 * uniformFloat64(generator) - 1;
    const y = 2 * uniformFloat64(generator) - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) {
      const stretch = Math.sqrt((-2 * Math.log(square)) / square);
      return [x * stretch, y * stretch];
    }
  }
}
