import { describe, expect, it } from 'vitest';
import type { NkKit } from '../../../src/models/nk/index.ts';
import {
  closedFormPolicy,
  NK_BASELINE,
  NK_PARAMETERS,
  nkClosedForm,
  nkCoefficients,
  nkKit,
  parseNkConfiguration,
  policyCurves,
} from '../../../src/models/nk/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';

onWasm();

const configuration = parseNkConfiguration({ network: { hidden: [5] } });
const weights = new Float32Array(62);

describe('policyCurves', () => {
  it('lie at one ergodic deviation of the parameters at each point, not of the baseline', async () => {
    const { deviations, curves } = await policyCurves({ kit: nkKit, configuration, weights }, { points: 5 });
    expect(deviations).toBe(-1);
    expect(curves.map(({ parameter }) => parameter.name)).toEqual(NK_PARAMETERS.map(({ name }) => name));
    for (const { parameter, values, zeta, closedForm } of curves) {
      expect([values[0], values.at(-1)]).toEqual(parameter.prior);
      expect(values[2]).toBeCloseTo(parameter.baseline, 12);
      for (const [index, value] of values.entries()) {
        const parameters = { ...NK_BASELINE, [parameter.name]: value };
        const state = -nkCoefficients(parameters).ergodicDeviation;
        const exact = nkClosedForm(parameters, state);
        expect((zeta[index] ?? NaN) / state).toBeCloseTo(1, 5);
        expect((closedForm.output[index] ?? NaN) / exact.output).toBeCloseTo(1, 4);
        expect((closedForm.inflation[index] ?? NaN) / exact.inflation).toBeCloseTo(1, 4);
      }
    }
  });

  it('show the policy of the weights', async () => {
    const flat = await policyCurves({ kit: nkKit, configuration, weights }, { points: 3 });
    expect(
      flat.curves.every(({ network }) => [...network.output, ...network.inflation].every((x) => x === 0)),
    ).toBe(true);
    const kit: NkKit = { ...nkKit, policy: (k, _, network) => closedFormPolicy(k, network) };
    const exact = await policyCurves({ kit, configuration, weights }, { points: 3, deviations: 2 });
    for (const { network, closedForm } of exact.curves) {
      for (const [index, value] of closedForm.output.entries())
        expect((network.output[index] ?? NaN) / value).toBeCloseTo(1, 5);
    }
  });
});
