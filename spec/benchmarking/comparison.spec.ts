import { describe, expect, it } from 'vitest';
import type { Comparison, Pair } from '../../src/benchmarking/comparison.ts';
import { comparePairs, compareSamples } from '../../src/benchmarking/comparison.ts';
import { streamOf } from '../../src/numerics/stream.ts';
import { normalQuantile } from '../../src/numerics/tails.ts';

const PAIRS = 12;

/** Times of two sides in turn, with noise of so many percent, and one side slower by a factor. */
function pairsOf(
  seed: string,
  { noise, factor }: { readonly noise: number; readonly factor: number },
): Pair[] {
  const stream = streamOf(seed);
  const time = (): number => 10 * Math.exp(noise * stream.normal());
  return Array.from({ length: PAIRS }, (_, index) => ({
    against: time(),
    own: factor * time(),
    first: index % 2 === 0 ? 'against' : 'own',
  }));
}

const verdicts = (noise: number, factor: number, tries = 200): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = { slower: 0, faster: 0, same: 0, inconclusive: 0 };
  for (let index = 0; index < tries; index += 1) {
    const [one] = comparePairs([pairsOf(`${noise} ${factor} ${index}`, { noise, factor })], {
      threshold: 0.05,
    });
    const verdict = one?.verdict ?? 'none';
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
};

/** What a judge calls visible where the changes of one side have this deviation exactly. */
function visibleOf(deviation: number, judge: (pairs: readonly Pair[]) => Comparison | undefined): number {
  const step = Math.exp(normalQuantile(0.75) * deviation);
  const pairs: Pair[] = Array.from({ length: PAIRS }, (_, index) => {
    // Second of one pair and first of the next are one side: each change is a step up or down.
    const isUp = index % 2 === 0;
    return { against: isUp ? 10 : 10 * step, own: isUp ? 10 : 10 * step, first: isUp ? 'against' : 'own' };
  });
  return judge(pairs)?.visible ?? Number.NaN;
}

describe('comparePairs', () => {
  it('sees what is there, and its size', () => {
    const [slower] = comparePairs([pairsOf('slower', { noise: 0.02, factor: 1.2 })], { threshold: 0.05 });
    expect(slower).toMatchObject({ verdict: 'slower', processes: PAIRS });
    expect(slower?.ratio).toBeCloseTo(1.2, 1);
    const [faster] = comparePairs([pairsOf('faster', { noise: 0.02, factor: 0.8 })], { threshold: 0.05 });
    expect(faster?.verdict).toBe('faster');
  });

  it('calls a change below the threshold none, however sure it is', () => {
    const [one] = comparePairs([pairsOf('sure', { noise: 0.001, factor: 1.03 })], { threshold: 0.05 });
    expect(one?.verdict).toBe('same');
    expect(one?.pValue).toBeLessThan(0.001);
  });

  it('is inconclusive where the noise hides a change, and says what it could have seen', () => {
    const [one] = comparePairs([pairsOf('noise', { noise: 0.3, factor: 1.1 })], { threshold: 0.05 });
    expect(one?.verdict).toBe('inconclusive');
    expect(one?.visible).toBeGreaterThan(0.15);
  });

  it('finds no change where there is none but in 1 of 20, and one that is there', () => {
    for (const noise of [0.01, 0.05, 0.2]) {
      const { slower = 0, faster = 0 } = verdicts(noise, 1);
      // Of 200, with a chance of 1 in 20 each, more than 19 come three times in a thousand.
      expect(slower + faster).toBeLessThanOrEqual(19);
    }
    // 10 % beside noise of 3 %: the estimate has an error of 1.3 %.
    expect(verdicts(0.03, 1.1)['slower']).toBeGreaterThan(195);
  });

  // With twelve pairs and 54 tests all signs must agree: normal critical values would promise a change of half the size.
  it.each([1, 22, 54])('what is visible is seen nine times in ten, among %i comparisons', (tests) => {
    const noise = 0.08;
    const quiet = Array.from({ length: tests - 1 }, (_, index) => pairsOf(`q${index}`, { noise, factor: 1 }));
    // A ratio of two sides has √2 deviations of one; the noise is known, so that only the test is tried.
    const judge = (pairs: readonly Pair[]) => comparePairs([pairs, ...quiet], { threshold: 0.05 })[0];
    const visible = visibleOf(noise * Math.SQRT2, judge);
    const seen = Array.from({ length: 200 }, (_, index) =>
      judge(pairsOf(`visible ${tests} ${index}`, { noise, factor: 1 + visible })),
    ).filter((one) => one?.verdict === 'slower').length;
    // 180 of 200, within four deviations.
    expect(seen).toBeGreaterThan(163);
    expect(seen).toBeLessThan(197);
  });

  it('corrects for all comparisons of the family', () => {
    const alone = pairsOf('family', { noise: 0.06, factor: 1.5 });
    const quiet = Array.from({ length: 9 }, (_, index) => pairsOf(`q${index}`, { noise: 0.06, factor: 1 }));
    const [one] = comparePairs([alone], { threshold: 0.05 });
    const [among] = comparePairs([alone, ...quiet], { threshold: 0.05 });
    expect(among?.pValue).toBeCloseTo(10 * (one?.pValue ?? Number.NaN), 12);
  });

  it('knows the noise of a machine from neighbours of one side', () => {
    // Second of one pair and first of the next are the same side: 10 then 11.
    const pairs: Pair[] = [
      { against: 5, own: 10, first: 'against' },
      { against: 7, own: 11, first: 'own' },
    ];
    const [one] = comparePairs([pairs], { threshold: 0.05 });
    expect(one?.noise.typical).toBeCloseTo(0.1, 12);
    expect(one?.noise.largest).toBeCloseTo(0.1, 12);
  });

  it('one pair tells nothing', () => {
    const [one] = comparePairs([[{ own: 2, against: 1, first: 'own' }]], { threshold: 0.05 });
    expect(one).toMatchObject({ verdict: 'inconclusive', visible: Infinity, noise: { typical: Infinity } });
  });
});

describe('compareSamples', () => {
  const sample = (seed: string, factor: number): number[] => {
    const stream = streamOf(seed);
    return Array.from({ length: 8 }, () => factor * Math.exp(0.02 * stream.normal()));
  };

  it('sees a change between two times, and none where there is none', () => {
    const family = [
      { own: sample('a', 1.2), against: sample('b', 1) },
      { own: sample('c', 1), against: sample('d', 1) },
    ];
    const [slower, same] = compareSamples(family, { threshold: 0.05 });
    expect(slower?.verdict).toBe('slower');
    expect(slower?.ratio).toBeCloseTo(1.2, 1);
    expect(same?.verdict).toBe('same');
  });
});
