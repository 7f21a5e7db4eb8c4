import fc from 'fast-check';
import { bewleyPrices } from '../../src/verification/contracts/index.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { magnitude, technology } from './cases.ts';
import type { Technology } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { roundedAll, technologyOf } from './oracle/household.ts';

/** Below this the contract has a factor counted as this, and says so. */
const FLOOR = 1e-8;

interface Case {
  readonly technology: Technology;
  readonly capital: readonly number[];
  readonly effectiveLabor: readonly number[];
}

/** Prices are marginal products wherever factors stand, and a floor that is used is counted. */
export function prices(oracle: BewleyOracle): Law<Case> {
  const { wage, mpk } = oracle.firm;
  const worlds = 5;
  // A world in eight has no capital, or no labour.
  const factor = fc.oneof(
    { weight: 7, arbitrary: magnitude(1e-3, 1e3) },
    { weight: 1, arbitrary: fc.constantFrom(0, Math.fround(1e-9)) },
  );
  const factors = fc.array(factor, { minLength: worlds, maxLength: worlds });
  return law<Case>({
    id: 'bewley/prices',
    statement:
      'The wage and the return are marginal products of the firm at any capital and labour; a factor below its floor counts as the floor, and is counted.',
    formula: 'w = ∂Y/∂L,  mpk = ∂Y/∂K,  r = mpk − δ',
    guards: 'a clipped price: the return stands still at a round number while capital collapses',
    suspects: 'the prices (src/models/bewley/prices.ts here): any clip, minimum or maximum in them',
    oracle: 'derivation',
    bound: 'forward error of the symbolic derivatives of output',
    needs: [bewleyPrices],
    coverage: [
      {
        label: 'a return above one half',
        minimumShare: 0.5,
        shows: ({ technology: { alpha, productivity }, capital, effectiveLabor }) =>
          capital.some((k, world) => {
            const ratio = k / (effectiveLabor[world] ?? Number.NaN);
            return alpha * productivity * ratio ** (alpha - 1) > 0.5;
          }),
      },
      {
        label: 'a factor below its floor',
        minimumShare: 0.3,
        shows: ({ capital, effectiveLabor }) => [...capital, ...effectiveLabor].some((x) => x < FLOOR),
      },
    ],
    cases: fc.record({ technology, capital: factors, effectiveLabor: factors }),
    async judge({ technology: settings, capital, effectiveLabor }, { call, arithmetic, floats }) {
      const shape = [worlds, 1];
      const answer = await call(bewleyPrices, {
        technology: settings,
        capital: float32(shape, capital),
        effectiveLabor: float32(shape, effectiveLabor),
      });
      const symbols = roundedAll(arithmetic, technologyOf(settings));
      // A floor is rounded on its way in; a factor is not.
      const above = (x: number) => (x < FLOOR ? arithmetic.rounded(FLOOR) : arithmetic.exact(x));
      const at = (formula: typeof wage) =>
        capital.map((k, world) =>
          formula.evaluate(arithmetic, {
            ...symbols,
            K: above(k),
            L: above(effectiveLabor[world] ?? Number.NaN),
          }),
        );
      const returns = at(mpk);
      const delta = symbols['delta'] ?? arithmetic.exact(Number.NaN);
      const named = (world: number): string => `world ${world}`;
      const floored = (x: readonly number[]): string => x.map((one) => (one < FLOOR ? 1 : 0)).join(' ');
      return [
        hasType('wage', answer.wage, floats, shape),
        hasType('net return', answer.rate, floats, shape),
        agreesWithOracle('wage', answer.wage, at(wage), named),
        agreesWithOracle('marginal product of capital', answer.mpk, returns, named),
        agreesWithOracle(
          'net return',
          answer.rate,
          returns.map((one) => arithmetic.sub(one, delta)),
          named,
        ),
        same('worlds whose capital is floored', [...answer.capitalFloored.data].join(' '), floored(capital)),
        same(
          'worlds whose labour is floored',
          [...answer.laborFloored.data].join(' '),
          floored(effectiveLabor),
        ),
      ];
    },
  });
}
