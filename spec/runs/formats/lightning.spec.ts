import { describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import { logFolder } from '../log-folder.ts';
import { readWhole, seriesOf } from '../reading.ts';

const FOLDER = 'fixtures/logs/lightning/run';

describe('Lightning metrics.csv', () => {
  test('sparse rows of steps and epochs, hyperparameters beside them', async () => {
    const { runs, problems } = await readWhole([FOLDER]);
    expect(problems).toEqual([]);
    const [run, ...more] = runs;
    if (run === undefined) throw new Error('no run');
    expect(more).toEqual([]);
    expect(run).toMatchObject({
      head: { format: 'lightning', id: `${FOLDER}/metrics.csv` },
      config: { learning_rate: 0.05, momentum: 0.9 },
      problems: [],
      others: [],
      resumes: [],
    });
    expect(seriesOf(run, 'train_loss_step').map(([step]) => step)).toEqual([
      3, 7, 11, 15, 19, 23, 27, 31, 35, 39, 43, 47,
    ]);
    for (const name of ['train_loss_epoch', 'val_loss'])
      expect(seriesOf(run, name).map(([step]) => step)).toEqual([15, 31, 47]);
    expect(seriesOf(run, 'epoch').map(([, epoch]) => epoch)).toContain(2);
  });

  test('hyperparameters that would make an object of a program are read as data, damaged ones reported', async () => {
    const table = 'epoch,loss,step\n0,0.5,1\n0,0.4,2\n';
    const odd = logFolder({
      'metrics.csv': table,
      'hparams.yaml': 'lr: 0.1\nnet: !!python/object:os.system\n  a: 1\n',
    });
    expect((await readWhole([odd])).runs[0]?.config).toEqual({ lr: 0.1, net: { a: 1 } });
    const damaged = logFolder({ 'metrics.csv': table, 'hparams.yaml': 'lr: [0.1\n' });
    const { runs } = await readWhole([damaged]);
    expect(runs[0]?.rows).toHaveLength(2);
    expect(runs[0]?.problems.map(({ kind }) => kind)).toEqual(['record-not-understood']);
  });
});

describeDamage('metrics.csv', { path: `${FOLDER}/metrics.csv`, isWhole: endsWithLine });
