import { expect, test } from 'vitest';
import { meaningsFor } from '../../../src/runs/index.ts';
import { logFolder } from '../log-folder.ts';
import { readWhole, seriesOf } from '../reading.ts';

// The columns that spinup/algos/pytorch/ppo/ppo.py writes, in its order and with its digits.
const NAMES =
  'Epoch AverageEpRet StdEpRet MaxEpRet MinEpRet EpLen AverageVVals StdVVals MaxVVals MinVVals TotalEnvInteracts LossPi LossV DeltaLossPi DeltaLossV Entropy KL ClipFrac StopIter Time';
const ROWS = [
  '0 21.005348 10.8 64.0 9.0 21.005348 -0.0144 0.0087 0.01 -0.04 4000 -0.0 265.80283 -0.0106 -30.5 0.6832 0.0102 0.0797 27 2.61',
  '1 29.4 15.6 92.0 9.0 29.4 9.86 1.2 11.5 6.9 8000 0.0 290.1 -0.013 -20.9 0.668 0.0153 0.1345 79 5.2',
  '2 41.2 20.3 115.0 10.0 41.2 12.4 2.1 15.9 8.4 12000 0.0 301.7 -0.0121 -18.8 0.64 0.0151 0.121 79 7.9',
];

test('progress.txt of Spinning Up: steps are those of the environment, names are known', async () => {
  const lines = [NAMES, ...ROWS].map((line) => `${line.replaceAll(' ', '\t')}\n`).join('');
  const file = `${logFolder({ 'progress.txt': lines })}/progress.txt`;
  const { runs, problems } = await readWhole([file]);
  expect(problems).toEqual([]);
  expect(runs).toMatchObject([{ head: { format: 'csv' }, problems: [], others: [] }]);
  const [run] = runs;
  expect(seriesOf(run ?? { rows: [] }, 'AverageEpRet')).toEqual([
    [4000, 21.005348],
    [8000, 29.4],
    [12000, 41.2],
  ]);
  const meaningOf = meaningsFor('csv');
  const known = ['EpRet', ...NAMES.split(' ')].flatMap((name) => {
    const meaning = meaningOf(name);
    return meaning === undefined ? [] : [[name, meaning.name, meaning.factor]];
  });
  expect(known).toEqual([
    ['EpRet', 'return', 1],
    ['AverageEpRet', 'return', 1],
    ['EpLen', 'episode-length', 1],
    ['AverageVVals', 'value-mean', 1],
    ['LossPi', 'policy-loss', 1],
    ['LossV', 'value-loss', 0.5],
    ['Entropy', 'entropy', 1],
    ['KL', 'kl', 1],
    ['ClipFrac', 'clip-fraction', 1],
  ]);
});
