import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/models/ppo/index.ts';
import type { PpoUpdate } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { configuredIn, STATEFUL, tiny, train, twoParts } from './small.ts';

onWasm();

describe('the log', () => {
  it.each([
    ['discrete', STATEFUL],
    ['continuous', { ...STATEFUL, environment: { name: 'linear-quadratic' } }],
    ['several components', { environment: { name: 'durotaxis' }, value: { clip: 'absolute' } }],
    [
      'targets that do not vary',
      { environment: { name: 'probe-constant' }, returns: { normalisation: 'popart' } },
    ],
  ])('has finite numbers alone, unchanged by JSON: %s', async (_, settings) => {
    const { log } = await train(tiny(settings));
    expect(log).toHaveLength(10);
    expect(JSON.parse(JSON.stringify(log))).toEqual(log);
    for (const row of log) expect(Object.values(row).every(Number.isFinite)).toBe(true);
  });

  it('has CleanRL’s names, every head, and what was configured in its counters', async () => {
    const [row] = (await train(tiny({ value: { clip: 'absolute' } }), { environment: twoParts })).log;
    const names = [
      'step',
      'global_step',
      'charts/learning_rate',
      'charts/episodic_return',
      'charts/episodic_length',
      ...['total', 'unweighted', 'policy_loss', 'value_loss', 'entropy', 'entropy_term', 'approx_kl'].map(
        (name) => `losses/${name}`,
      ),
      ...['old_approx_kl', 'exact_kl', 'clipfrac', 'explained_variance', 'value_loss_raw'].map(
        (name) => `losses/${name}`,
      ),
      ...['mean', 'deviation'].map((name) => `advantages/${name}`),
      ...['ratio_deviation', 'approx_kl', 'clipfrac', 'weight_change'].map((name) => `first/${name}`),
      ...['norm', 'policy_norm', 'value_norm', 'weight_change'].map((name) => `gradient/${name}`),
      ...['epochs', 'gradient_steps'].map((name) => `update/${name}`),
      ...['terminated', 'truncated', 'both', 'episodes'].map((name) => `rollout/${name}`),
      ...['first', 'second'].flatMap((head) =>
        ['value_loss', 'value_loss_share', 'value_loss_over_square', 'value_clipped', 'explained_variance']
          .concat(['target_mean', 'target_deviation', 'return_scale_mean', 'return_scale_deviation'])
          .concat(['return', 'return_absolute', 'value_loss_raw'])
          .map((name) => `${name}/${head}`),
      ),
    ];
    expect(Object.keys(row ?? {}).sort()).toEqual(names.sort());
    expect(row).toMatchObject({ step: 0, global_step: 6, 'rollout/both': 0, 'rollout/terminated': 6 });
  });

  it('has a counter of every feature that is configured', async () => {
    const features = {
      environment: { name: 'linear-quadratic' },
      observations: { normalisation: 'running', clip: 0.5 },
      returns: { normalisation: 'running', clip: 0.1 },
      value: { loss: 'huber', huberDelta: 1e-3 },
    };
    const [row = { step: NaN }] = (await train(tiny(features))).log;
    for (const name of ['observations/clipped', 'reward_scale/clipped', 'value_huber/linear'])
      expect([name, (row[name] ?? NaN) > 0 && (row[name] ?? NaN) <= 1]).toEqual([name, true]);
    expect(row['reward_scale/deviation']).toBeGreaterThan(0);
    expect(row['observations/root_mean_square']).toBeGreaterThan(0);
    expect(row['policy/deviation']).toBeCloseTo(1, 3);
    // What is learnt in is over the deviation: the raw loss is in units of the reward again.
    const unit = (row['reward_scale/deviation'] ?? NaN) ** 2;
    expect(row['losses/value_loss_raw']).toBeCloseTo(unit * (row['losses/value_loss'] ?? NaN), 6);
  });

  it('tells the policy’s share of the gradient where layers are shared', async () => {
    const { log } = await train(tiny({ network: { hidden: [4], shared: true } }));
    const share = log[0]?.['gradient/policy_share'] ?? NaN;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
  });

  it('compares by losses without weights: those of value and heads change nothing of the first gradient step', async () => {
    const rowOf = async (settings: Record<string, unknown>) => {
      const one = { epochs: 1, minibatch: 6, ...settings };
      return (await train(tiny(one), { environment: twoParts, maximumSteps: 6 })).log[0] ?? { step: NaN };
    };
    const plain = await rowOf({});
    const halved = await rowOf({ value: { weight: 0.25 } });
    for (const name of ['losses/value_loss', 'losses/unweighted', 'value_loss/first', 'value_loss/second'])
      expect(halved[name]).toBe(plain[name]);
    expect(halved['losses/total']).not.toBe(plain['losses/total']);
    const total = (row: typeof plain, weight: number): number =>
      (row['losses/policy_loss'] ?? NaN) +
      (row['losses/entropy_term'] ?? NaN) +
      weight * (row['losses/value_loss'] ?? NaN);
    expect(plain['losses/total']).toBeCloseTo(total(plain, 0.5), 6);
    expect(halved['losses/total']).toBeCloseTo(total(halved, 0.25), 6);
    expect(plain['losses/entropy_term']).toBeCloseTo(-0.01 * (plain['losses/entropy'] ?? NaN), 6);
  });

  it('has the return of the task, without weights and shaping, and each component by itself', async () => {
    const environment: Environment = { ...twoParts, potential: (state) => 100 * (state[0] ?? NaN) };
    const updates: PpoUpdate[] = [];
    const { log } = await train(tiny({ shaping: 1, rewardWeights: { second: 3 } }), {
      environment,
      maximumSteps: 6,
      onUpdate: (update) => void updates.push(update),
    });
    const [row = { step: NaN }] = log;
    const { rewards, actions, observations } = updates[0]?.rollout ?? {};
    const sums = Array.from(observations ?? [], (sign, at) => 0.75 * sign + (actions?.[2 * at + 1] ?? NaN));
    expect(row['charts/episodic_return']).toBeCloseTo(
      sums.reduce((total, sum) => total + sum / 6, 0),
      6,
    );
    expect(row['return/shaping']).toBeCloseTo(
      Array.from(rewards ?? [])
        .filter((_, at) => at % 3 === 2)
        .reduce((total, x) => total + x / 6, 0),
      4,
    );
    expect(row['return_absolute/shaping']).toBeCloseTo(100, 4);
  });

  it('has a row where an update begins at a multiple, and of the last', async () => {
    const { log } = await train(tiny({ steps: 30 }), { logEvery: 12 });
    expect(log.map(({ step }) => step)).toEqual([0, 12, 24]);
    const cut = await train(tiny({ steps: 60 }), { logEvery: 18, maximumSteps: 30 });
    expect(cut.log.map(({ step }) => step)).toEqual([0, 18, 24]);
  });

  it('leaves out the episodes where none ended', async () => {
    const environment = await configuredIn(tiny({ environment: { name: 'linear-quadratic' } }));
    const [row = { step: NaN }] = (await train(tiny(), { environment, maximumSteps: 6 })).log;
    expect(row['rollout/episodes']).toBe(0);
    expect(Object.keys(row)).not.toContain('charts/episodic_return');
  });
});
