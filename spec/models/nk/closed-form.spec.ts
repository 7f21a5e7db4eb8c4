import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  closedForm,
  coefficients,
  NK_BASELINE,
  nkClosedForm,
  nkCoefficients,
  parametersAt,
} from '../../../src/models/nk/index.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

describe('nkClosedForm', () => {
  it('has the published check values at the baseline', () => {
    expect(nkClosedForm(NK_BASELINE, 0.01).output).toBeCloseTo(0.00299188, 8);
    expect(nkClosedForm(NK_BASELINE, 0.01).inflation).toBeCloseTo(0.00850406, 8);
    expect(nkClosedForm(NK_BASELINE, 0.5).output).toBeCloseTo(0.14959378, 8);
    expect(nkClosedForm(NK_BASELINE, 0.5).inflation).toBeCloseTo(0.42520311, 8);
  });

  it('solves both equations, with E[ζ′] = ρζ, all over the prior', () => {
    const { parameters, zeta } = economies(50);
    for (const [index, state] of zeta.entries()) {
      const p = parametersAt(parameters, index);
      const now = nkClosedForm(p, state);
      const next = nkClosedForm(p, p.rho * state);
      const rate = p.phiPi * now.inflation + p.phiY * now.output;
      expect(next.output - (rate - next.inflation - state) / p.sigma).toBeCloseTo(now.output, 15);
      expect(nkCoefficients(p).kappa * now.output + p.beta * next.inflation).toBeCloseTo(now.inflation, 15);
    }
  });
});

describe('closedForm', () => {
  it('is the double-precision policy, on tensors', async () => {
    const { parameters, zeta } = economies(13);
    const [output = [], inflation = []] = await read(() => {
      const controls = closedForm(tf.tensor1d(zeta), coefficients(parameterTensor(parameters)));
      return [controls.output, controls.inflation];
    });
    const exact = Array.from(zeta, (state, index) => nkClosedForm(parametersAt(parameters, index), state));
    expectClose(
      output,
      exact.map((controls) => controls.output),
    );
    expectClose(
      inflation,
      exact.map((controls) => controls.inflation),
    );
  });
});
