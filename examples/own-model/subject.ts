import type { Subject, TensorValue } from 'plumbline';
import { contracts, float32, IEEE_SINGLE, implement, inProcessSubject } from 'plumbline';
import type { Parameters } from './model.ts';
import * as model from './model.ts';

const NAMES = ['beta', 'sigma', 'eta', 'phi', 'phiPi', 'phiY', 'rho', 'sigmaA'] as const;

/** The adapter: each operation of the contract in terms of the model. Laws whose operations are missing are skipped. */
export function ownSubject(functions: typeof model = model): Subject {
  return inProcessSubject({
    name: 'own model',
    engine: 'plain arrays',
    // Computed in double precision, handed over in single.
    arithmetic: IEEE_SINGLE,
    implementations: [
      implement(contracts.nkCoefficients, async ({ parameters }) => {
        const rows = rowsOf(parameters).map(functions.coefficients);
        const column = (name: keyof (typeof rows)[number]): TensorValue =>
          vector(rows.map((row) => row[name]));
        return {
          kappa: column('kappa'),
          omega: column('omega'),
          shockScale: column('shockScale'),
          ergodicDeviation: column('ergodicDeviation'),
        };
      }),
      implement(
        contracts.nkResiduals,
        async ({ parameters, zeta, output, inflation, expectedOutput, expectedInflation }) => {
          const rows = rowsOf(parameters).map((row, index) =>
            functions.residuals(
              row,
              at(zeta, index),
              { output: at(output, index), inflation: at(inflation, index) },
              { output: at(expectedOutput, index), inflation: at(expectedInflation, index) },
            ),
          );
          return {
            is: vector(rows.map(({ is }) => is)),
            phillips: vector(rows.map(({ phillips }) => phillips)),
          };
        },
      ),
      implement(contracts.nkStep, async ({ parameters, zeta, innovation }) => ({
        zeta: vector(
          rowsOf(parameters).map((row, index) => functions.step(row, at(zeta, index), at(innovation, index))),
        ),
      })),
    ],
  });
}

function rowsOf(parameters: TensorValue): readonly Parameters[] {
  const [rows = 0] = parameters.shape;
  return Array.from({ length: rows }, (_, row) => {
    const [beta, sigma, eta, phi, phiPi, phiY, rho, sigmaA] = NAMES.map((_name, column) =>
      at(parameters, row * NAMES.length + column),
    ) as [number, number, number, number, number, number, number, number];
    return { beta, sigma, eta, phi, phiPi, phiY, rho, sigmaA };
  });
}

function at(value: TensorValue, index: number): number {
  return value.data[index] ?? Number.NaN;
}

function vector(values: readonly number[]): TensorValue {
  return float32([values.length], values);
}
