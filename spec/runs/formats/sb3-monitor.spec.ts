import { describe, expect, test } from 'vitest';
import { describeDamage, endsWithLine } from '../damage.ts';
import { readWhole } from '../reading.ts';
import { logFolder } from '../log-folder.ts';

const PATH = 'fixtures/logs/stable-baselines3/run/0.monitor.csv';
const PARALLEL = 'fixtures/logs/stable-baselines3/parallel';

describe('Stable-Baselines3 monitor.csv', () => {
  test('a row an episode: steps are counted by its length, times from the start', async () => {
    const { runs, problems } = await readWhole([PATH]);
    expect(problems).toEqual([]);
    expect(runs).toMatchObject([
      { head: { format: 'sb3-monitor' }, problems: [], config: { env_id: 'CartPole-v1' } },
    ]);
    const [run] = runs;
    if (run === undefined) throw new Error('no run');
    let steps = 0;
    for (const { step, values, wallTime } of run.rows) {
      // CartPole pays 1 a step.
      expect(values['r']).toBe(values['l']);
      steps += values['l'] ?? Number.NaN;
      expect(step).toBe(steps);
      expect(wallTime).toBeGreaterThan(run.config['t_start'] as number);
      expect(Object.keys(values)).toEqual(['r', 'l']);
    }
    expect(run.rows[0]?.place.line).toBe(3);
    expect(steps).toBeGreaterThan(400);
  });

  test('each parallel environment is a run of its own', async () => {
    const { runs, problems } = await readWhole([PARALLEL]);
    expect(problems).toEqual([]);
    expect(runs.map(({ head }) => head.id.slice(PARALLEL.length))).toEqual([
      '/0.monitor.csv',
      '/1.monitor.csv',
    ]);
    for (const { rows, problems: found } of runs) {
      expect(rows.length).toBeGreaterThan(3);
      expect(found).toEqual([]);
    }
  });

  test('appended runs: one that names its start, and one that does not', async () => {
    const head = '#{"t_start": 100.0, "env_id": "A"}\nr,l,t,is_success\n';
    const file = logFolder({
      'monitor.csv': `${head}1,10,1.5,True\n2,10,2.5,\n5,20,0.5,False\n${head.replace('100', '900')}3,10,1.5,True\n`,
    });
    const { runs } = await readWhole([file]);
    expect(runs.map((run) => run.config['t_start'])).toEqual([100, 900]);
    const rows = runs.flatMap((run) => run.rows);
    expect(rows.map(({ step, wallTime, values }) => [step, wallTime, { ...values }])).toEqual([
      [10, 101.5, { r: 1, l: 10, is_success: 1 }],
      [20, 102.5, { r: 2, l: 10 }],
      [40, undefined, { r: 5, l: 20, t: 0.5, is_success: 0 }],
      [10, 901.5, { r: 3, l: 10, is_success: 1 }],
    ]);
    expect(runs.flatMap((run) => run.problems).map(({ kind }) => kind)).toEqual(['header-changed']);
  });

  test('a first line that is damaged is lost, and no comment', async () => {
    const file = logFolder({ 'monitor.csv': '#{"t_start": 10~.0}\nr,l,t\n1,10,1\n' });
    const { runs } = await readWhole([file]);
    expect(runs[0]?.head.format).toBe('sb3-monitor');
    expect(runs[0]?.problems.map(({ kind, place }) => [kind, place.line])).toEqual([
      ['record-not-understood', 1],
    ]);
  });

  test('an episode without a length is said to be one', async () => {
    const file = logFolder({ 'monitor.csv': '#{"t_start": 100.0}\nr,l,t\n1,10,1\n1,,2\n1,nan,3\n1,5,4\n' });
    const { runs } = await readWhole([file]);
    expect(runs[0]?.rows.map(({ step }) => step)).toEqual([10, 10, 10, 15]);
    expect(runs[0]?.problems.map(({ kind, place }) => [kind, place.line])).toEqual([
      ['step-missing', 4],
      ['step-missing', 5],
    ]);
  });
});

describeDamage('monitor.csv', { path: PATH, isWhole: endsWithLine });
