import { expect, test } from 'vitest';
import { compareRuns } from '../../src/diagnosis/compare.ts';
import { collectRuns } from '../../src/diagnosis/index.ts';
import { runOf } from './run-of.ts';

const recorded = async (path: string) => {
  const { runs } = await collectRuns([path], {});
  const [run] = runs;
  if (run === undefined) throw new Error(`no run in ${path}`);
  return run;
};

test('the documented remedy halves the printed loss and nothing else: a change of weight', async () => {
  const [remedy, before] = [
    await recorded('fixtures/runs/explosion-remedy'),
    await recorded('fixtures/runs/explosion'),
  ];
  const { weightChange, metrics } = compareRuns(remedy, before);
  expect(weightChange?.loss).toMatchObject({ metric: 'loss', relation: 'scaled' });
  expect(weightChange?.loss.ratio).toBeCloseTo(0.5, 2);
  expect(weightChange?.unweighted.relation).toBe('equal');
  expect(metrics.find(({ metric }) => metric === 'return')?.relation).toBe('equal');
});

test('a run is equal to itself', async () => {
  const run = await recorded('fixtures/runs/hoarders');
  expect(new Set(compareRuns(run, run).metrics.map(({ relation }) => relation))).toEqual(new Set(['equal']));
});

test('a lower loss is better, a lower return worse, and another wage only different', () => {
  const run = runOf({ loss: [4, 3, 2, 1], return: [1, 2, 1, 1], wage: [1, 2, 3, 4] });
  const baseline = runOf({ loss: [4, 4, 4, 3], return: [1, 3, 4, 5], wage: [1, 1, 1, 1] });
  const relations = compareRuns(run, baseline).metrics.map(({ metric, relation }) => [metric, relation]);
  expect(relations).toEqual([
    ['loss', 'better'],
    ['return', 'worse'],
    ['wage', 'different'],
  ]);
});
