import fc from 'fast-check';
import { normaliserRun, normaliserSaveLoad } from '../../src/verification/contracts/index.ts';
import { between } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import { at as elementOf, batchShapes, rowOfTensor, rowsFrom, settings, tensorOf } from './cases.ts';

const cases = fc
  .tuple(batchShapes, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }))
  .chain(([shape, at, after]) =>
    fc.record({
      settings,
      at: fc.constant(at),
      batches: tensorOf([at + after, ...shape], between(-8, 8)),
    }),
  );

/** A normaliser that is saved and loaded is the one that went on. */
export const saveLoad = law({
  id: 'normaliser/save-load',
  statement:
    'A normaliser that was saved and loaded holds the same statistics, and transforms and updates what comes after, bit for bit as if it had gone on.',
  formula: 'run(n) ≡ run(k) ∘ save ∘ load ∘ run(n − k)',
  guards:
    'a checkpoint that restores settings only: a resumed run, or an evaluation, feeds its network inputs of another scale',
  suspects: 'what is saved and loaded (src/nn/saved-normaliser.ts here): mean, variance and count',
  oracle: 'symmetry',
  bound: 'none: one engine repeats its own bits',
  needs: [normaliserRun, normaliserSaveLoad],
  budget: { runs: 20 },
  cases,
  async judge({ settings: chosen, batches, at }, { call }) {
    const through = await call(normaliserRun, { settings: chosen, batches, from: null });
    const { loaded, after } = await call(normaliserSaveLoad, { settings: chosen, batches, at });
    const held = same('statistics after loading', loaded === null ? 'none' : 'some', 'some');
    const names = ['normalised', 'mean', 'variance', 'count', 'clippedShare'] as const;
    const later = names.map((name) =>
      bitEqual(`${name} after loading`, after[name], rowsFrom(through[name], at)),
    );
    if (loaded === null) return [held, ...later];
    return [
      held,
      bitEqual('loaded mean', loaded.mean, rowOfTensor(through.mean, at - 1)),
      bitEqual('loaded variance', loaded.variance, rowOfTensor(through.variance, at - 1)),
      same('loaded count', String(loaded.count), String(elementOf(through.count, at - 1))),
      ...later,
    ];
  },
});
