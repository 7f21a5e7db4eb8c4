import fc from 'fast-check';
import { nkInitialState, nkPolicyResiduals, nkStep } from '../../src/verification/contracts/index.ts';
import { between, exactly, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { hasType, same } from '../../src/verification/measurement.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { batchOf, naturalRate } from './cases.ts';

/** A step keeps the shape of the state, and a batch of B samples has B residuals of each equation. */
export const shapes = law({
  id: 'nk/shapes',
  statement: 'Fresh and stepped states keep shape (B) and dtype float32, and each equation has B residuals.',
  formula: 'shape(ζ′) = shape(ζ) = (B), number of residuals = B',
  guards:
    'a state that turns into a row broadcasts against the policies: every sample is asked to meet every state, and policies go flat',
  suspects:
    'the transition (src/models/nk/transition.ts here): a reshape, expandDims or matMul that changes the rank of the state',
  oracle: 'symmetry',
  bound: 'none: shapes are equal or not',
  needs: [nkInitialState, nkStep, nkPolicyResiduals],
  cases: fc.record({
    batch: batchOf({ zeta: naturalRate, innovation: between(-3, 3) }),
    innovations: exactly(13, between(-3, 3)),
    seed: seeds,
  }),
  async judge({ batch: { parameters, zeta, innovation }, innovations, seed }, { call, floats }) {
    const size = zeta.data.length;
    const fresh = await call(nkInitialState, { parameters, seed });
    const stepped = await call(nkStep, { parameters, zeta, innovation });
    const residuals = await call(nkPolicyResiduals, {
      parameters,
      zeta,
      innovations: float32([1, size], innovations.slice(0, size)),
      expectation: { rule: 'gauss-hermite', nodes: 3 },
      policy: 'closed-form',
      seed,
    });
    return [
      hasType('a fresh state', fresh.zeta, floats, [size]),
      hasType('a stepped state', stepped.zeta, floats, [size]),
      same('number of IS residuals', String(residuals.is.data.length), String(size)),
      same('number of Phillips residuals', String(residuals.phillips.data.length), String(size)),
      allFinite('a fresh state', fresh.zeta),
      allFinite('a stepped state', stepped.zeta),
      allFinite('the IS residual', residuals.is),
      allFinite('the Phillips residual', residuals.phillips),
    ];
  },
});

function allFinite(quantity: string, value: TensorValue): Measurement {
  const broken = [...value.data].findIndex((element) => !Number.isFinite(element));
  return same(`non-finite elements of ${quantity}`, broken < 0 ? 'none' : `element ${broken}`, 'none');
}
