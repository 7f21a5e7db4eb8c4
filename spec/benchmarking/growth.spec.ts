import { describe, expect, it } from 'vitest';
import { growthOf } from '../../src/benchmarking/growth.ts';
import type { MemoryPoint } from '../../src/benchmarking/measure-growth.ts';
import { streamOf } from '../../src/numerics/stream.ts';

const UNITS = 1000;

/** Twenty-five points, a thousand units apart, each series with a slope and noise of a page or two. */
function pointsWith(
  slopes: Partial<Record<keyof MemoryPoint, number>>,
  noise = 8_000,
): readonly MemoryPoint[] {
  const stream = streamOf('memory');
  return Array.from({ length: 25 }, (_, index) => {
    const unit = index * UNITS;
    const bytes = (series: keyof MemoryPoint): number =>
      1e8 + unit * (slopes[series] ?? 0) + noise * stream.normal();
    return {
      unit,
      rssBytes: bytes('rssBytes'),
      heapBytes: bytes('heapBytes'),
      externalBytes: bytes('externalBytes'),
      tensors: 10 + unit * (slopes.tensors ?? 0),
      tensorBytes: 400 + unit * (slopes.tensorBytes ?? 0),
    };
  });
}

const verdictsOf = (points: readonly MemoryPoint[], budgetBytes?: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    growthOf(points, budgetBytes === undefined ? {} : { budgetBytes }).map(({ series, verdict }) => [
      series,
      verdict,
    ]),
  );

describe('growthOf', () => {
  it('calls flat what moves by pages', () => {
    expect(verdictsOf(pointsWith({}))).toEqual({
      tensors: 'flat',
      tensorBytes: 'flat',
      heapBytes: 'flat',
      externalBytes: 'flat',
      rssBytes: 'flat',
    });
  });

  it('sees a kilobyte a unit, with its size', () => {
    const growth = growthOf(pointsWith({ rssBytes: 1000 }));
    const rss = growth.find(({ series }) => series === 'rssBytes');
    expect(rss?.verdict).toBe('grows');
    expect(rss?.slope).toBeCloseTo(1000, -1);
    expect(rss?.lower).toBeLessThan(1000);
    expect(rss?.upper).toBeGreaterThan(1000);
  });

  it('allows a count nothing', () => {
    expect(verdictsOf(pointsWith({ tensors: 1 / UNITS }))).toMatchObject({ tensors: 'grows' });
  });

  it('holds bytes against the budget', () => {
    const points = pointsWith({ heapBytes: 1000 });
    expect(verdictsOf(points, 2000)).toMatchObject({ heapBytes: 'flat' });
    expect(verdictsOf(points, 500)).toMatchObject({ heapBytes: 'grows' });
  });

  it('does not decide where the slope may be on either side', () => {
    expect(verdictsOf(pointsWith({ heapBytes: 512 }, 1e6))).toMatchObject({ heapBytes: 'inconclusive' });
  });

  it('allows a process of few units what any process gains', () => {
    const few = pointsWith({ rssBytes: 1000 }).map((point) => ({ ...point, unit: point.unit / UNITS }));
    const [rss] = growthOf(few).filter(({ series }) => series === 'rssBytes');
    // 4 MiB over 24 units.
    expect(rss?.allowed).toBeCloseTo((4 * 2 ** 20) / 24, 6);
  });

  it('allows the driver of a GPU what its pools take, and tensors on it nothing', () => {
    const few = pointsWith({ rssBytes: 2000, tensors: 1 / UNITS }).map((point) => ({
      ...point,
      unit: point.unit / UNITS,
    }));
    const verdictOn = (engine: string): Readonly<Record<string, string>> =>
      Object.fromEntries(growthOf(few, { engine }).map(({ series, verdict }) => [series, verdict]));
    expect(verdictOn('wasm')).toMatchObject({ rssBytes: 'grows', tensors: 'grows' });
    expect(verdictOn('webgpu')).toMatchObject({ rssBytes: 'flat', tensors: 'grows' });
  });

  it('tells nothing of tensors where none are touched, and nothing of a single point', () => {
    const without = pointsWith({}).map(({ unit, rssBytes, heapBytes, externalBytes }) => ({
      unit,
      rssBytes,
      heapBytes,
      externalBytes,
    }));
    expect(Object.keys(verdictsOf(without))).toEqual(['heapBytes', 'externalBytes', 'rssBytes']);
    expect(growthOf(pointsWith({}).slice(0, 1))).toEqual([]);
  });
});
