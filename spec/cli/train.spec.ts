import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { plumbline } from './plumbline.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));
const TINY = [
  '--set',
  'network.hidden=[6,6]',
  '--set',
  'batch=8',
  '--log-every',
  '3',
  '--checkpoint-every',
  '10',
];

const train = (cwd: string, ...args: readonly string[]) => plumbline(['train', 'nk', ...args], { cwd });
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const newestIn = (...path: readonly string[]): string =>
  readdirSync(join(...path, 'checkpoints'))
    .sort()
    .at(-1) ?? '';

describe('plumbline train nk', () => {
  test('leaves a run directory; its config.yaml gives the same run, byte for byte', async () => {
    const cwd = folder();
    const first = await train(cwd, 'gauss-hermite', ...TINY, '--steps', '30', '--seed', '5', '--out', 'a');
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
    expect(readdirSync(join(cwd, 'a', 'checkpoints'))).toEqual([
      'step-000000020.json',
      'step-000000030.json',
    ]);
    const again = await train(
      cwd,
      'a/config.yaml',
      '--log-every',
      '3',
      '--steps',
      '30',
      '--seed',
      '5',
      '--out',
      'b',
    );
    expect(again.code).toBe(0);
    for (const file of ['metrics.jsonl', 'evaluation.json', 'config.yaml', 'checkpoints/step-000000030.json'])
      expect(textOf(cwd, 'b', file)).toBe(textOf(cwd, 'a', file));
    const environment = z
      .object({
        seed: z.number(),
        engine: z.object({ name: z.string() }),
        settings: z.object({ steps: z.int() }),
      })
      .parse(JSON.parse(textOf(cwd, 'a', 'environment.json')));
    expect(environment).toEqual({ seed: 5, engine: { name: 'wasm' }, settings: { steps: 30 } });
  });

  test('under Levenberg and Marquardt every step is logged, with its damping and no learning rate', async () => {
    const cwd = folder();
    const set = [
      'optimiser.rule=levenberg-marquardt',
      'network.hidden=[4]',
      'network.activation=gated',
      'batch=8',
    ];
    const options = set.flatMap((assignment) => ['--set', assignment]);
    const { code } = await train(cwd, ...options, '--steps', '4', '--out', 'run');
    expect(code).toBe(0);
    const rows = textOf(cwd, 'run', 'metrics.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    for (const row of rows) {
      expect(Object.keys(row)).not.toContain('learningRate');
      expect(row['damping']).toBeGreaterThan(0);
      expect([0, 1]).toContain(row['accepted']);
    }
    const [events = ''] = readdirSync(join(cwd, 'run')).filter((name) => name.startsWith('events'));
    expect(textOf(cwd, 'run', events)).toContain('metrics/damping');
    expect(textOf(cwd, 'run', events)).not.toContain('metrics/learningRate');
    const figure = textOf(cwd, 'run', 'figures', 'loss.svg');
    expect(figure).toContain('>damping<');
    expect(figure).not.toContain('learning rate');
  });

  test('20 steps and 20 more leave what 40 leave, byte for byte', async () => {
    const cwd = folder();
    const run = (...more: readonly string[]) =>
      train(cwd, 'simulated-slow-redraw', ...TINY, '--quiet', ...more);
    await run('--steps', '40', '--out', 'straight');
    await run('--steps', '20', '--out', 'halves');
    // The whole command line again, as shells give it; what it says is what the run has.
    const { code, stderr } = await run('--resume', 'halves', '--steps', '40');
    expect([code, stderr]).toEqual([0, '']);
    for (const file of ['metrics.jsonl', 'evaluation.json', 'checkpoints/step-000000040.json'])
      expect(textOf(cwd, 'halves', file)).toBe(textOf(cwd, 'straight', file));
    expect(textOf(cwd, 'straight', 'metrics.jsonl').trim().split('\n')).toHaveLength(14);
  });

  test('Ctrl-C: a checkpoint after the last step, exit 130, and the command that goes on', async () => {
    const cwd = folder();
    const { code, stderr } = await plumbline(['train', 'nk', ...TINY, '--out', 'run'], {
      cwd,
      interruptOn: 'gradient steps',
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(/stopped after step \d+ of 250000; go on with: plumbline train nk --resume run/);
    expect(existsSync(join(cwd, 'run', 'evaluation.json'))).toBe(false);
    const step = Number(/\d+/.exec(newestIn(cwd, 'run'))?.[0]);
    expect(stderr).toContain(`stopped after step ${step} of`);
    const resumed = await train(cwd, '--resume', 'run', '--steps', String(step + 5), '--quiet');
    expect([resumed.code, resumed.stderr]).toEqual([0, '']);
    const straight = await train(cwd, ...TINY, '--out', 'straight', '--steps', String(step + 5), '--quiet');
    expect(straight.code).toBe(0);
    for (const file of ['metrics.jsonl', 'evaluation.json'])
      expect(textOf(cwd, 'run', file)).toBe(textOf(cwd, 'straight', file));
  });

  test('a loss that is not finite: exit 1, at which step, and the last good checkpoint', async () => {
    const cwd = folder();
    const wild = ['optimiser.learningRate=1e9', 'optimiser.weightDecay=0', 'optimiser.clipNorm=1e30'];
    const { code, stdout, stderr } = await train(
      cwd,
      ...wild.flatMap((assignment) => ['--set', assignment]),
      ...['--set', 'network.hidden=[6,6]', '--checkpoint-every', '1', '--out', 'run'],
    );
    expect([code, stdout]).toEqual([1, '']);
    const [, lost] = /of gradient step (\d+) is not finite/.exec(stderr) ?? [];
    const [, kept] = /the checkpoint of step (\d+) is kept/.exec(stderr) ?? [];
    expect(Number(lost)).toBeGreaterThan(0);
    expect(Number(kept)).toBe(Number(lost));
    expect(newestIn(cwd, 'run')).toContain(`0${kept ?? '?'}.json`);
  });

  test('says little where nobody looks: three lines on stderr, the tables on stdout; --json and --quiet say less', async () => {
    const cwd = folder();
    const usual = await train(cwd, ...TINY, '--steps', '5');
    expect(usual.stderr.trim().split('\n')).toHaveLength(3);
    expect(usual.stdout).toMatch(/ζ ergodic +\d[\s\S]*Phillips +−\d/);
    expect(readdirSync(join(cwd, 'runs'))[0]).toMatch(/^nk-\d{8}-\d{6}$/);
    const quiet = await train(cwd, ...TINY, '--steps', '5', '--quiet', '--out', 'quiet');
    expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, '', '']);
    const json = await train(cwd, ...TINY, '--steps', '5', '--quiet', '--json', '--out', 'json');
    expect([json.stdout, json.stderr]).toEqual([textOf(cwd, 'json', 'evaluation.json'), '']);
    expect(JSON.parse(json.stdout)).toMatchObject({ model: 'nk', seed: 1, steps: 5 });
  });

  test('--list and --help name every preset', async () => {
    const list = await plumbline(['train', '--list']);
    expect(list.stdout).toMatch(/nk published .*Kase[\s\S]*nk simulated-slow-redraw [\s\S]*nk widened/);
    expect((await plumbline(['train', 'nk', '--help'])).stdout).toContain(list.stdout.trimEnd());
  });
});

describe('plumbline train refuses', () => {
  test.each([
    ['no model', [], /model-missing/],
    ['an unknown preset', ['nk', 'publishd'], /preset-unknown[\s\S]*did you mean published\?/],
    [
      'a misspelt key',
      ['nk', '--set', 'optimiser.learnigRate=1'],
      /did you mean "optimiser\.learningRate"\?/,
    ],
    ['a folder that cannot be', ['nk', '--out', '/dev/null/run'], /not-writable/],
    ['an engine that is not here', ['nk', '--engine', 'tensorflw'], /did you mean tensorflow\?/],
  ])('%s: exit 2, one clear error, and no folder', async (_what, args, message) => {
    const cwd = folder();
    const { code, stdout, stderr } = await plumbline(['train', ...args], { cwd });
    expect(stderr).toMatch(message);
    expect([code, stdout, readdirSync(cwd)]).toEqual([2, '', []]);
  });

  test('files of the user’s that cannot be used, by name, line and column', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'tabs.yaml'), 'batch: 32\n\tnetwork: 3\n');
    writeFileSync(join(cwd, 'key.yaml'), 'batch: 32\nprocedure:\n  gradientStep: 3\n');
    expect((await train(cwd, 'tabs.yaml')).stderr).toMatch(/tabs\.yaml, line 2, column 1.*yaml-syntax/);
    expect((await train(cwd, 'gauss-hermite', 'key.yaml')).stderr).toMatch(
      /key\.yaml, line 3, column 3, has no key "procedure\.gradientStep"[\s\S]*"procedure\.gradientSteps"/,
    );
  });
});
