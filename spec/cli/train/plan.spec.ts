import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseTrainOptions } from '../../../src/cli/train/options.ts';
import { planRun } from '../../../src/cli/train/plan.ts';
import { openSession } from '../../../src/cli/train/session.ts';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { InputError } from '../../../src/errors.ts';
import { nkKit, parseNkConfiguration } from '../../../src/models/nk/index.ts';
import { trainNk } from '../../../src/training/index.ts';

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('wasm');
});

const NK = { name: 'nk', parse: parseNkConfiguration, logEveryOf: () => 100 };
const TINY = ['network.hidden=[6]', 'batch=8'];
const plan = (presets: readonly string[], options: Record<string, unknown>) =>
  planRun(NK, parseTrainOptions(presets, options));

function refusal(act: () => unknown): InputError {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

/** A run of a dozen steps in a new folder. */
async function shortRun(): Promise<string> {
  const out = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'run');
  const planned = plan([], { set: TINY, steps: '12', out });
  const { recorder } = openSession(planned, engine);
  await trainNk({
    kit: nkKit,
    configuration: planned.configuration,
    seed: planned.seed,
    maximumSteps: 12,
    onLog: (row) => {
      recorder.log({ ...row });
    },
    onCheckpoint: (state) => {
      recorder.checkpoint(state);
    },
  });
  recorder.close();
  return out;
}

describe('a run that is planned', () => {
  it('takes presets and assignments in order, over the defaults', () => {
    const {
      configuration,
      seed,
      engine: name,
      settings,
      path,
    } = plan(['ergodic', 'gauss-hermite'], {
      set: ['expectation.nodes=5', 'optimiser.learningRate=3e-3'],
    });
    const expected = {
      procedure: { state: 'ergodic', gradientSteps: 1, stateSteps: 1 },
      expectation: { rule: 'gauss-hermite', nodes: 5 },
      optimiser: { learningRate: 0.003 },
    };
    expect(configuration).toEqual(parseNkConfiguration(expected));
    expect([seed, name, settings]).toEqual([1, 'wasm', { logEvery: 100, checkpointEvery: 1000 }]);
    expect(path).toMatch(/^runs[\\/]nk-\d{8}-\d{6}$/);
  });

  it('logs as often as its configuration wants, unless an option says', () => {
    const planned = (options: Record<string, unknown>) =>
      planRun({ ...NK, logEveryOf: ({ batch }) => batch }, parseTrainOptions([], options));
    expect(planned({ set: ['batch=9'] }).settings.logEvery).toBe(9);
    expect(planned({ set: ['batch=9'], logEvery: '4' }).settings.logEvery).toBe(4);
  });

  it('rounds up to steps that come together', () => {
    const planned = (options: Record<string, unknown>) =>
      planRun({ ...NK, stepsTogetherOf: () => 512 }, parseTrainOptions([], options)).settings;
    expect(planned({ logEvery: '600', checkpointEvery: '1' })).toEqual({
      logEvery: 1024,
      checkpointEvery: 512,
    });
    expect(planned({})).toEqual({ logEvery: 512, checkpointEvery: 50 * 512 });
  });

  it('is not planned where another run lies, and says how to go on with it', async () => {
    const out = await shortRun();
    expect(refusal(() => plan([], { out })).message).toMatch(/out-not-empty[\s\S]*--resume/);
  });
});

describe('a run that is to be gone on with', () => {
  it('has what it began with, and may be given more steps', async () => {
    const resume = await shortRun();
    const again = plan([], {
      resume,
      set: TINY,
      steps: '20',
      seed: '1',
      engine: 'wasm',
      checkpointEvery: '5',
    });
    expect(again).toMatchObject({ path: resume, seed: 1, settings: { steps: 20, checkpointEvery: 5 } });
    expect(again.stored?.checkpoint?.state.step).toBe(12);
    openSession(again, engine).recorder.close();
    const environment: unknown = JSON.parse(readFileSync(join(resume, 'environment.json'), 'utf8'));
    expect(environment).toMatchObject({ settings: { steps: 20 }, resumes: [{ step: 12 }] });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['another seed', { seed: '2' }, /given: +seed 2\n +expected: seed 1/],
    ['another engine', { engine: 'cpu' }, /engine "cpu"[\s\S]*engine "wasm"/],
    ['other rows', { logEvery: '7' }, /logEvery 7[\s\S]*logEvery 100/],
    ['another configuration', { set: ['batch=9'] }, /configuration\.batch 9,[\s\S]*configuration\.batch 8/],
    ['fewer steps than were taken', { steps: '11' }, /steps-taken[\s\S]*at least 12/],
  ])('refuses %s', async (_what, options, message) => {
    const resume = await shortRun();
    expect(refusal(() => plan([], { resume, ...options })).message).toMatch(message);
  });

  it('refuses an engine or a configuration that has changed behind its back', async () => {
    const resume = await shortRun();
    const newer = { ...engine, version: '9.9.9' };
    expect(refusal(() => openSession(plan([], { resume }), newer)).message).toMatch(
      /resume-mismatch[\s\S]*engine\.version "9\.9\.9"/,
    );
    const file = join(resume, 'config.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('beta1: 0.9', 'beta1: 0.8'));
    expect(refusal(() => openSession(plan([], { resume }), engine)).message).toMatch(
      /configuration\.optimiser\.beta1 0\.8[\s\S]*beta1 0\.9/,
    );
  });

  it('refuses files that are damaged', async () => {
    const resume = await shortRun();
    const environment = join(resume, 'environment.json');
    const before = readFileSync(environment, 'utf8');
    writeFileSync(environment, before.slice(0, 50));
    expect(refusal(() => plan([], { resume })).code).toBe('run-damaged');
    writeFileSync(environment, before);
    const [name = ''] = readdirSync(join(resume, 'checkpoints'));
    writeFileSync(join(resume, 'checkpoints', name), '{');
    expect(refusal(() => plan([], { resume })).code).toBe('checkpoint-corrupt');
  });
});
