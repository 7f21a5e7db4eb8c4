import { describe, expect, test } from 'vitest';
import { meaningsFor, METRICS } from '../../../src/runs/index.ts';

describe('what names mean', () => {
  test.each([
    ['tensorboard', 'losses/value_loss', 'value-loss', 1],
    ['sb3-progress', 'train/value_loss', 'value-loss', 0.5],
    ['sb3-progress', 'train/entropy_loss', 'entropy', -1],
    ['tensorboard', 'losses/entropy', 'entropy', 1],
    ['sb3-progress', 'train/approx_kl', 'kl-k3', 1],
    ['tensorboard', 'losses/old_approx_kl', 'kl-k1', 1],
    ['sb3-monitor', 'r', 'return', 1],
    ['trainer-state', 'eval_loss', 'held-out-loss', 1],
    ['plumbline', 'value_loss_share/delete', 'value-loss-share/delete', 1],
    ['wandb', 'Train Loss', 'loss', 1],
    ['wandb', 'train.loss', 'loss', 1],
    ['json-lines', 'gradNorm', 'gradient-norm', 1],
    ['json-lines', 'agent_0/losses/entropy', 'entropy', 1],
    ['plumbline', 'state/gini_wealth', 'gini-wealth', 1],
  ])('in a log of %s, %s is %s, times %d', (format, name, canonical, factor) => {
    expect(meaningsFor(format)(name)).toMatchObject({ name: canonical, factor });
  });

  test.each(['test/entropy', 'evaluation/env_runners/episode_return_mean', 'config/lr', 'time/wage', 'is'])(
    '%s is no metric of training',
    (name) => {
      expect(meaningsFor('json-lines')(name)).toBeUndefined();
    },
  );

  test('r is a return in monitor files alone, and unknown names mean nothing', () => {
    expect(meaningsFor('json-lines')('r')).toBeUndefined();
    expect(meaningsFor('json-lines')('flux_capacitance')).toBeUndefined();
  });

  test('what the user says goes before what we know', () => {
    const meaning = meaningsFor('json-lines', [{ logged: 'loss', canonical: 'value-loss' }])('loss');
    expect(meaning).toMatchObject({ name: 'value-loss', by: 'user' });
  });

  test('the whole name goes before its end', () => {
    expect(meaningsFor('x')('eval/loss')).toMatchObject({ name: 'held-out-loss', by: 'name' });
    expect(meaningsFor('x')('run/eval/loss')).toMatchObject({ name: 'held-out-loss', by: 'end of name' });
  });

  test('names are unique, and no alias has two meanings in one format', () => {
    expect(new Set(METRICS.map(({ name }) => name)).size).toBe(METRICS.length);
    const aliases = METRICS.flatMap((metric) =>
      metric.aliases.map((alias) =>
        typeof alias === 'string' ? `${alias} ` : `${alias.name} ${alias.format ?? ''}`,
      ),
    );
    expect(aliases.filter((alias, index) => aliases.indexOf(alias) !== index)).toEqual([]);
  });
});
