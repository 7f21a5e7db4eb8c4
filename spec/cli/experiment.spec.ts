import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { MAIN, plumbline } from './plumbline.ts';

/** Two arms of a tiny run; one of them has a documented bug. */
const TINY = `
question: does the sign matter?
model: nk
base:
  presets: [gauss-hermite]
  set: { network: { hidden: [4] }, batch: 4 }
  steps: 6
  logEvery: 2
  checkpointEvery: 2
arms:
  right: {}
  wrong: { faults: [nk/euler-sign] }
`;
/** Its loss is not finite after a few steps. */
const WILD = '  wild: { set: { optimiser: { learningRate: 1e9, weightDecay: 0, clipNorm: 1e30 } } }\n';

function folderWith(plan: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'plumbline-'));
  writeFileSync(join(cwd, 'plan.yaml'), plan);
  return cwd;
}

const experiment = (cwd: string, ...args: readonly string[]) =>
  plumbline(['experiment', 'plan.yaml', '--out', 'out', ...args], { cwd });
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');

const comparisonSchema = z.object({
  arms: z.array(
    z.object({
      name: z.string(),
      changes: z.array(z.string()),
      runs: z.array(
        z.object({ status: z.string(), exitCode: z.int().optional(), story: z.string().optional() }),
      ),
    }),
  ),
  rows: z.array(
    z.object({
      id: z.string(),
      cells: z.array(z.object({ values: z.array(z.object({ value: z.number() })) })),
    }),
  ),
});
const comparisonIn = (cwd: string) =>
  comparisonSchema.parse(JSON.parse(textOf(cwd, 'out', 'comparison.json')));

describe('plumbline experiment', () => {
  test('trains every arm in a run directory of its own, and compares them', async () => {
    const cwd = folderWith(TINY);
    const { code, stdout, stderr } = await experiment(cwd, '--jobs', '2');
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
      'comparison.json',
      'comparison.md',
      'experiment.json',
      'figures',
      'right',
      'wrong',
    ]);
    expect(readdirSync(join(cwd, 'out', 'figures')).sort()).toEqual(['unweighted.png', 'unweighted.svg']);
    expect(textOf(cwd, 'out', 'wrong', 'environment.json')).toContain('nk/euler-sign');
    const { arms, rows } = comparisonIn(cwd);
    expect(arms.map(({ changes }) => changes)).toEqual([[], ['with nk/euler-sign']]);
    const { prior } = z
      .object({ prior: z.object({ output: z.object({ rootMeanSquare: z.number() }) }) })
      .parse(JSON.parse(textOf(cwd, 'out', 'wrong', 'evaluation.json')));
    const error = rows.find(({ id }) => id === 'error-output');
    expect(error?.cells[1]?.values[0]?.value).toBe(prior.output.rootMeanSquare);
    expect(stdout).toMatch(/Comparison\n +right \(baseline\) +wrong\n +error of X/);
    expect(stderr).toMatch(/2 arms of nk on wasm, 2 runs, 2 at a time[\s\S]*right: begins[\s\S]*wrong: done/);
  });

  test('an arm is the run that train leaves, byte for byte', async () => {
    const cwd = folderWith(TINY);
    await experiment(cwd, '--quiet', '--seed', '3');
    const config = join('out', 'wrong', 'config.yaml');
    const options = ['--faults', 'nk/euler-sign', '--log-every', '2', '--checkpoint-every', '2'];
    const more = ['--seed', '3', '--steps', '6', '--quiet', '--out', 'alone'];
    const { code } = await plumbline(['train', 'nk', config, ...options, ...more], { cwd });
    expect(code).toBe(0);
    for (const file of ['metrics.jsonl', 'evaluation.json', 'checkpoints/step-000000006.json'])
      expect(textOf(cwd, 'out', 'wrong', file)).toBe(textOf(cwd, 'alone', file));
  });

  test('an arm that diverges stops no other, is reported with its error, and is not tried again', async () => {
    const cwd = folderWith(TINY.replace('arms:\n', `arms:\n${WILD}`).replace('steps: 6', 'steps: 60'));
    const first = await experiment(cwd, '--jobs', '1');
    expect(first.code).toBe(1);
    expect(first.stdout).toMatch(/wild \(baseline\) +0 of 1 done; seed 1 failed, exit code 1/);
    expect(first.stdout).toMatch(/✖ wild\n +the (loss|gradient) of gradient step \d+ is not finite/);
    const { arms, rows } = comparisonIn(cwd);
    expect(arms.map(({ runs }) => runs[0]?.status)).toEqual(['failed', 'done', 'done']);
    expect(arms[0]?.runs[0]).toMatchObject({ exitCode: 1 });
    expect(rows[0]?.cells.map(({ values }) => values.length)).toEqual([0, 1, 1]);
    const before = textOf(cwd, 'out', 'comparison.json');
    const again = await experiment(cwd);
    expect(again.code).toBe(1);
    expect(again.stderr).not.toContain('begins');
    expect(textOf(cwd, 'out', 'comparison.json')).toBe(before);
    rmSync(join(cwd, 'out', 'wild'), { recursive: true });
    expect((await experiment(cwd)).stderr).toMatch(/wild: begins/);
  });

  test('is continued after Ctrl-C, and after it was killed: finished arms are kept, others resumed', async () => {
    // Long enough to be interrupted: each checkpoint waits for the disk.
    const long = TINY.replace('steps: 6', 'steps: 240').replace('right: {}', 'right: {}\n  third: {}');
    const cwd = folderWith(long);
    const interrupted = await plumbline(['experiment', 'plan.yaml', '--out', 'out', '--jobs', '1'], {
      cwd,
      interruptOn: 'third: begins',
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toMatch(
      /1 of 3 runs ended; go on with: plumbline experiment plan\.yaml --out out/,
    );
    expect(existsSync(join(cwd, 'out', 'comparison.json'))).toBe(false);
    const kept = textOf(cwd, 'out', 'right', 'timing.jsonl');

    const killed = spawn(process.execPath, [MAIN, 'experiment', 'plan.yaml', '--out', 'out'], { cwd });
    const checkpoints = join(cwd, 'out', 'wrong', 'checkpoints');
    while (!existsSync(checkpoints) || readdirSync(checkpoints).length === 0) await wait(50);
    killed.kill('SIGKILL');
    // Runs notice that nobody waits for them, and end in good order.
    const lock = join(cwd, 'out', 'wrong', 'run.lock');
    while (existsSync(lock)) await wait(50);
    expect(existsSync(join(cwd, 'out', 'wrong', 'evaluation.json'))).toBe(false);

    const last = await experiment(cwd);
    expect(last.code).toBe(0);
    expect(textOf(cwd, 'out', 'right', 'timing.jsonl')).toBe(kept);
    const { resumes } = z
      .object({ resumes: z.array(z.object({ step: z.int() })) })
      .parse(JSON.parse(textOf(cwd, 'out', 'wrong', 'environment.json')));
    expect(resumes[0]?.step).toBeGreaterThan(0);
    // Both are the same run, though one was stopped twice.
    expect(textOf(cwd, 'out', 'third', 'metrics.jsonl')).toBe(textOf(cwd, 'out', 'right', 'metrics.jsonl'));
  }, 180_000);

  test('another verdict may be asked of runs that are there; another run may not', async () => {
    const cwd = folderWith(TINY);
    await experiment(cwd, '--quiet');
    const asked = `${TINY}verdict: { quantity: error-output, healthy: { to: 100 } }\n`;
    writeFileSync(join(cwd, 'plan.yaml'), asked);
    const judged = await experiment(cwd, '--json', '--quiet');
    expect([judged.code, judged.stderr]).toEqual([0, '']);
    expect(JSON.parse(judged.stdout)).toMatchObject({ verdict: { conclusion: 'baseline-healthy' } });
    expect(judged.stdout).toBe(textOf(cwd, 'out', 'comparison.json'));
    writeFileSync(join(cwd, 'plan.yaml'), asked.replace('batch: 4', 'batch: 5'));
    const { code, stderr } = await experiment(cwd);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /plan-changed[\s\S]*arms\.right\.configuration\.batch 5[\s\S]*arms\.right\.configuration\.batch 4/,
    );
  });
});

describe('plumbline experiment refuses', () => {
  test.each([
    ['a plan that is not there', '', ['experiment', 'no.yaml'], /plan-missing/],
    [
      'a model that is not there',
      TINY.replace('model: nk', 'model: nq'),
      [],
      /plan\.yaml, line 3.*model-unknown/,
    ],
    [
      'a preset that is not there',
      TINY.replace('[gauss-hermite]', '[gauss-hermit]'),
      [],
      /plan\.yaml, line 5.*preset-unknown[\s\S]*did you mean gauss-hermite\?/,
    ],
    [
      'a key that the model has not',
      TINY.replace('batch: 4', 'bach: 4'),
      [],
      /plan\.yaml, line 6, column \d+, has no key "bach"[\s\S]*"batch"/,
    ],
    [
      'a fault that the model does not show',
      TINY.replace('nk/euler-sign', 'bewley/price-clip'),
      [],
      /line 12.*fault-not-shown/,
    ],
    [
      'a quantity that the model has not',
      `${TINY}verdict: { quantity: eror-output, healthy: { to: 1 } }`,
      [],
      /quantity-unknown[\s\S]*did you mean error-output\?/,
    ],
    [
      'an engine that is not there',
      TINY,
      ['experiment', 'plan.yaml', '--engine', 'wsam'],
      /did you mean wasm\?/,
    ],
    ['no process at all', TINY, ['experiment', 'plan.yaml', '--jobs', '0'], /--jobs[\s\S]*at least 1/],
  ] as const)('%s: exit 2, one clear error, and no folder', async (_what, plan, args, message) => {
    const cwd = folderWith(plan);
    const given = args.length === 0 ? ['experiment', 'plan.yaml'] : args;
    const { code, stdout, stderr } = await plumbline(given, { cwd });
    expect(stderr).toMatch(message);
    expect([code, stdout, readdirSync(cwd)]).toEqual([2, '', ['plan.yaml']]);
  });
});

describe('plumbline train --all', () => {
  test('trains every configuration of a folder, and puts them beside each other', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'plumbline-'));
    mkdirSync(join(cwd, 'configs'));
    writeFileSync(join(cwd, 'configs', 'small.yaml'), 'batch: 4\n');
    writeFileSync(join(cwd, 'configs', 'large.yaml'), 'batch: 8\n');
    writeFileSync(join(cwd, 'configs', 'notes.txt'), 'not one of them\n');
    const args = [
      'train',
      'nk',
      'gauss-hermite',
      '--set',
      'network.hidden=[4]',
      '--all',
      'configs',
      '--steps',
      '5',
    ];
    const { code, stdout } = await plumbline([...args, '--out', 'out'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/Comparison\n +large +small\n +error of X/);
    expect(textOf(cwd, 'out', 'large', 'config.yaml')).toMatch(/batch: 8[\s\S]*hidden:\n +- 4\n/);
    expect((await plumbline(['train', 'nk', '--all', 'empty'], { cwd })).stderr).toMatch(/folder-empty/);
  });
});
