import { describe, expect, it } from 'vitest';
import type { NkKit } from '../../../src/models/nk/index.ts';
import {
  closedFormPolicy,
  evaluateNk,
  evaluationPoints,
  NK_BASELINE,
  nkKit,
  parameterRow,
  parseNkConfiguration,
  relativeError,
  residualQuantiles,
} from '../../../src/models/nk/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';

onWasm();

const configuration = parseNkConfiguration({ network: { hidden: [5] } });

describe('evaluationPoints', () => {
  const baseline = Float32Array.from(parameterRow(NK_BASELINE));
  const quiet = Float32Array.from(parameterRow({ ...NK_BASELINE, sigmaA: 0.03 }));

  it('lie at the same number of ergodic deviations for all parameters, not at the same state', () => {
    const points = evaluationPoints(
      { deviations: [-1, 2], widen: 1 },
      Float32Array.of(...baseline, ...quiet),
    );
    expect([...(points[0]?.zeta ?? [])].map((zeta) => zeta.toFixed(6))).toEqual(['-0.021069', '-0.010535']);
    expect([...(points[1]?.deviations ?? [])]).toEqual([2, 2]);
  });

  it('say whether training went there', () => {
    const within = (widen: number): boolean[] =>
      evaluationPoints({ deviations: [3, -3, 3.5, -7], widen }, baseline).map((point) => point.withinDomain);
    expect(within(1)).toEqual([true, true, false, false]);
    expect(within(2)).toEqual([true, true, true, false]);
  });

  it('lie at absolute states too, as many deviations away as each economy has it', () => {
    const request = { deviations: [1], states: [0.5, -0.03], widen: 2 };
    const [, far, near] = evaluationPoints(request, Float32Array.of(...baseline, ...quiet));
    expect([...(far?.zeta ?? [])]).toEqual([0.5, 0.5]);
    expect([...(far?.deviations ?? [])].map((distance) => distance.toFixed(2))).toEqual(['23.73', '47.46']);
    expect([far?.withinDomain, near?.withinDomain]).toEqual([false, true]);
    // Inside for one economy is not inside for all: 0.1 is 4.7 and 9.5 deviations away.
    const within = (state: number): boolean | undefined =>
      evaluationPoints(
        { deviations: [], states: [state], widen: 2 },
        Float32Array.of(...baseline, ...quiet),
      )[0]?.withinDomain;
    expect([within(0.06), within(0.1)]).toEqual([true, false]);
  });

  it('are within the domain of uniform states up to their bound', () => {
    const within = (bound: number, unit: 'absolute' | 'ergodic'): readonly boolean[] =>
      evaluationPoints(
        { deviations: [3.5], states: [0.5], widen: 1, uniform: { bound, unit } },
        Float32Array.of(...baseline, ...quiet),
      ).map((point) => point.withinDomain);
    expect(within(0.55, 'absolute')).toEqual([true, true]);
    expect(within(0.05, 'absolute')).toEqual([false, false]);
    expect(within(4, 'ergodic')).toEqual([true, false]);
  });
});

describe('evaluateNk', () => {
  it('finds nothing to complain about in the closed form', async () => {
    const kit: NkKit = { ...nkKit, policy: (k, _, network) => closedFormPolicy(k, network) };
    const weights = new Float32Array(62);
    const found = await evaluateNk({ kit, configuration, weights, seed: 1, samples: 300 });
    expect(found.prior.output.rootMeanSquare).toBeLessThan(1e-6);
    expect(found.baseline.inflation.worst).toBeLessThan(1e-6);
    expect(found.residuals.is.maximum).toBeLessThan(-7);
    expect(found.distances.map(({ deviations }) => deviations)).toEqual([-3, -2, -1, -0.5, 0.5, 1, 2, 3]);
    expect(found.distances.every(({ withinDomain, output }) => withinDomain && output.worst < 1e-6)).toBe(
      true,
    );
  });

  it('judges at absolute states, at the baseline besides', async () => {
    const kit: NkKit = { ...nkKit, policy: (k, _, network) => closedFormPolicy(k, network) };
    const task = { kit, configuration, weights: new Float32Array(62), seed: 1, samples: 300 };
    const { distances, states } = await evaluateNk({ ...task, states: [0.5, -0.01] });
    expect(distances).toHaveLength(8);
    expect(states.map(({ zeta, withinDomain }) => [zeta, withinDomain])).toEqual([
      [0.5, false],
      [-0.01, true],
    ]);
    expect(states[0]?.deviations[0]).toBeGreaterThan(8);
    expect(states[0]?.deviations[1]).toBeLessThan(150);
    for (const { output, baseline } of [...distances, ...states]) {
      expect(output.worst).toBeLessThan(1e-6);
      expect(baseline.inflation.rootMeanSquare).toBeLessThan(1e-6);
    }
    expect((await evaluateNk(task)).states).toEqual([]);
  });

  it('finds a policy of zeros 100 % off', async () => {
    const weights = new Float32Array(62);
    const { prior } = await evaluateNk({ kit: nkKit, configuration, weights, seed: 1, samples: 300 });
    expect(prior.output.rootMeanSquare).toBe(1);
    expect(prior.inflation.rootMeanSquare).toBe(1);
  });
});

describe('relativeError', () => {
  it('is relative to the root mean square of the exact values', () => {
    const { rootMeanSquare, worst } = relativeError([1.1, 2], [1, 2]);
    expect(rootMeanSquare).toBeCloseTo(0.1 / Math.sqrt(5), 12);
    expect(worst).toBeCloseTo(0.1 / Math.sqrt(2.5), 12);
  });

  it('is not a number where a value is not', () => {
    expect(relativeError([Number.NaN, 2], [1, 2]).worst).toBeNaN();
  });
});

describe('residualQuantiles', () => {
  it('are decimal logarithms of sizes', () => {
    const residuals: number[] = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 1e-4 : -1e-3));
    residuals[7] = 0.1;
    const { median, percentile99, maximum } = residualQuantiles(residuals);
    expect([median, percentile99, maximum]).toEqual([-4, -3, -1]);
  });

  it('do not hide what is not finite', () => {
    expect(residualQuantiles([Number.NaN, 1, 1]).maximum).toBeNaN();
  });
});
