import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plumbline } from './plumbline.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));
const settings = (...assignments: readonly string[]): readonly string[] =>
  assignments.flatMap((assignment) => ['--set', assignment]);

/** 12 steps an update, in two environments. */
const TINY = settings(
  'environment.name=linear-quadratic',
  'environment.timeLimit=5',
  'environments=2',
  'rollout=6',
  'minibatch=6',
  'steps=120',
  'network.hidden=[4]',
  'observations.normalisation=running',
  'returns.normalisation=popart',
);

const train = (cwd: string, ...args: readonly string[]) => plumbline(['train', 'ppo', ...args], { cwd });
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const rowsOf = (...path: readonly string[]): readonly Readonly<Record<string, unknown>>[] =>
  textOf(...path, 'metrics.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('plumbline train ppo', () => {
  test('leaves a run directory with figures; its config.yaml gives the same run, byte for byte', async () => {
    const cwd = folder();
    const first = await train(cwd, ...TINY, '--seed', '5', '--out', 'a');
    expect(first.code).toBe(0);
    expect(readdirSync(join(cwd, 'a')).map((name) => name.replace(/\d+/, 'N'))).toEqual([
      'checkpoints',
      'config.yaml',
      'environment.json',
      'evaluation.json',
      'events.out.tfevents.N.plumbline',
      'figures',
      'metrics.jsonl',
      'timing.jsonl',
    ]);
    expect(readdirSync(join(cwd, 'a', 'figures')).sort()).toEqual([
      'optimum.png',
      'optimum.svg',
      'training.png',
      'training.svg',
    ]);
    expect(rowsOf(cwd, 'a').map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, i) => 12 * i));
    const evaluation = z
      .object({
        model: z.literal('ppo'),
        steps: z.literal(120),
        greedy: z.object({ return: z.object({ mean: z.number() }) }),
        optimum: z.object({
          discountedReturnGap: z.number(),
          value: z.object({ meanError: z.number() }),
        }),
      })
      .parse(JSON.parse(textOf(cwd, 'a', 'evaluation.json')));
    expect(evaluation.optimum.discountedReturnGap).toBeGreaterThan(0);
    expect(first.stdout).toMatch(/without noise/);
    expect(first.stderr).toMatch(/ppo on wasm, seed 5: 120 environment steps/);
    const [events = ''] = readdirSync(join(cwd, 'a')).filter((name) => name.startsWith('events'));
    expect(textOf(cwd, 'a', events)).toContain('losses/value_loss');

    const again = await train(cwd, 'a/config.yaml', '--seed', '5', '--out', 'b', '--quiet');
    expect(again.code).toBe(0);
    for (const file of ['metrics.jsonl', 'evaluation.json', 'config.yaml', 'checkpoints/step-000000120.json'])
      expect(textOf(cwd, 'b', file)).toBe(textOf(cwd, 'a', file));
  });

  test('a part and the rest leave what the whole leaves, byte for byte; steps come in whole updates', async () => {
    const cwd = folder();
    const few = [...TINY, '--quiet', '--log-every', '20', '--checkpoint-every', '30'];
    expect((await train(cwd, ...few, '--out', 'straight')).code).toBe(0);
    await train(cwd, ...few, '--steps', '50', '--out', 'halves');
    // 50 steps are five updates; rows every 20 are every second update, checkpoints every 30 every third.
    expect(rowsOf(cwd, 'halves').map(({ step }) => step)).toEqual([0, 24, 48]);
    expect(readdirSync(join(cwd, 'halves', 'checkpoints'))).toEqual([
      'step-000000036.json',
      'step-000000060.json',
    ]);
    const { code, stderr } = await train(cwd, '--resume', 'halves', '--steps', '120', '--quiet');
    expect([code, stderr]).toEqual([0, '']);
    for (const file of ['metrics.jsonl', 'evaluation.json', 'checkpoints/step-000000120.json'])
      expect(textOf(cwd, 'halves', file)).toBe(textOf(cwd, 'straight', file));
  });

  test('an environment has its own settings, not those of the default', async () => {
    const cwd = folder();
    const { code } = await train(
      cwd,
      ...settings('environment.name=probe-both', 'rollout=6', 'minibatch=24', 'steps=24'),
      ...['--quiet', '--out', 'run'],
    );
    expect(code).toBe(0);
    expect(textOf(cwd, 'run', 'config.yaml')).not.toContain('timeLimit');
    // Actions are discrete: nothing to draw over an observation.
    expect(readdirSync(join(cwd, 'run', 'figures'))).toEqual(['training.png', 'training.svg']);
  });

  test.each([
    [settings('rewardWeights.speed=2'), 'reward-unknown'],
    [settings('minibatch=100'), 'configuration-invalid'],
    [settings('environment.name=cart-poel'), 'configuration-invalid'],
  ])('refuses %s', async (args, code) => {
    const ended = await train(folder(), ...args, '--out', 'run');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(code);
  });
});
