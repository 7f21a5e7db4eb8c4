import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  coefficients,
  NK_BASELINE,
  NK_PARAMETERS,
  nkCoefficients,
  parameterRow,
  parametersAt,
} from '../../../src/models/nk/index.ts';
import { expectClose, onWasm, read } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

describe('nkCoefficients', () => {
  it('has the values that pencil and paper give at the baseline', () => {
    const { kappa, omega, shockScale, ergodicDeviation } = nkCoefficients(NK_BASELINE);
    // 0.3 · 0.321 · 3.125 / 0.7, 2.125 / 3.125, 2 · (−0.125) · 0.68 · 0.06, 0.0102 / √0.234375
    expect(kappa).toBeCloseTo(0.4299107143, 10);
    expect(omega).toBeCloseTo(0.68, 12);
    expect(shockScale).toBeCloseTo(-0.0102, 12);
    expect(ergodicDeviation).toBeCloseTo(0.0210690294, 9);
  });
});

describe('coefficients', () => {
  it('are those of the double-precision ones, for every row', async () => {
    const { parameters } = economies(13);
    const values = await read(() => {
      const { kappa, omega, shockScale, ergodicDeviation } = coefficients(parameterTensor(parameters));
      return [kappa, omega, shockScale, ergodicDeviation];
    });
    const exact = Array.from({ length: 13 }, (_, index) => nkCoefficients(parametersAt(parameters, index)));
    expectClose(
      values[0] ?? [],
      exact.map(({ kappa }) => kappa),
    );
    expectClose(
      values[1] ?? [],
      exact.map(({ omega }) => omega),
    );
    expectClose(
      values[2] ?? [],
      exact.map(({ shockScale }) => shockScale),
    );
    expectClose(
      values[3] ?? [],
      exact.map(({ ergodicDeviation }) => ergodicDeviation),
    );
  });

  it('keep the parameters by name, in the order of their columns', async () => {
    const row = parameterRow(NK_BASELINE);
    const columns = await read(() => {
      const named = coefficients(tf.tensor2d([[...row], [...row].map((value) => value / 2)]));
      return NK_PARAMETERS.map(({ name }) => named[name]);
    });
    expectClose(
      columns.flat(),
      row.flatMap((value) => [value, value / 2]),
    );
  });
});
