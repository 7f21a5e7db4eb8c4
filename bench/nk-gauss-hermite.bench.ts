import { nkSteps } from './nk-step.ts';

export const nkGaussHermite = nkSteps(
  'nk-gauss-hermite',
  'the published network with three Gauss–Hermite nodes in place of the draws, 400 rows a step',
  { expectation: { rule: 'gauss-hermite', nodes: 3 } },
);
