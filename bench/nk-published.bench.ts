import { nkSteps } from './nk-step.ts';

/** The configuration of Kase, Melosi and Rottner: PyTorch takes 180 to 198 steps a second on one thread of two cores. */
export const nkPublished = nkSteps(
  'nk-published',
  'the published configuration: 5 layers of 64, batch 100, 10 antithetic draws, 1,100 rows a step',
  {},
);
