import fc from 'fast-check';
import { normaliserRun } from '../../src/verification/contracts/index.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { agree, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { at, DECLARED } from './cases.ts';

/** As large as a training step: 63 worlds of 811 agents. */
const [WORLDS, AGENTS, FEATURES] = [63, 811, 2] as const;

/** A large batch of one value has that mean, and no variance. */
export const constantBatch = law({
  id: 'normaliser/constant-batch',
  statement:
    'A batch of 51,093 times one number has that mean and no variance, but for half the least deviation that is divided by.',
  formula: 'x = M, 500 ≤ M ≤ 1,500:  |m − M| ≤ floor/2,  √v ≤ floor/2',
  guards:
    'an aggregate that all agents of a step share gets a variance out of rounding, and comes out as noise where it should be 0',
  suspects:
    'a mean that is one sum in single precision: at 5·10⁷ it counts by fours. Take the mean of what is left about it as well, sum in a tree or in double precision',
  oracle: 'derivation',
  bound:
    'one sum term by term is off by at most nu/2 = 0.15 % of what it adds, 2.3 here. About that mean the terms are at most 2.3, so that one more mean is off by 0.15 % of it, 0.0035, and two roundings of 1,500, 0.0002; a tree is right to (log₂ n + 2)u·1,500 = 0.0016. The floor is 0.01',
  needs: [normaliserRun],
  budget: { runs: 5, power: 8 },
  cases: fc.record({ values: exactly(FEATURES, between(500, 1_500)) }),
  async judge({ values }, { call }) {
    const shape = [1, WORLDS, AGENTS, FEATURES];
    const data = Float32Array.from(
      { length: WORLDS * AGENTS * FEATURES },
      (_, index) => values[index % FEATURES] ?? Number.NaN,
    );
    const trace = await call(normaliserRun, {
      settings: DECLARED,
      batches: float32(shape, data),
      from: null,
    });
    const least = DECLARED.floor / 2;
    return [
      same('running means', String(trace.mean.data.length), String(FEATURES)),
      ...values.flatMap((value, feature) => [
        agree('mean of a constant', at(trace.mean, feature), value, least, `feature ${feature}`),
        agree('variance of a constant', at(trace.variance, feature), 0, least ** 2, `feature ${feature}`),
      ]),
    ];
  },
});
