import { describe, expect, it } from 'vitest';
import type { PpoRunState } from '../../../src/models/ppo/index.ts';
import { ppoKit } from '../../../src/models/ppo/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  identityVersions,
} from '../../../src/training/run-directory/index.ts';
import type { PpoTraining } from '../../../src/training/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { configuredIn, STATEFUL, tiny, train } from './small.ts';

onWasm();

/** A run and every state that it handed over. */
async function saving(
  settings: Record<string, unknown>,
  more: Partial<Omit<PpoTraining, 'configuration'>> = {},
) {
  const states: SavedState[] = [];
  const run = await train(tiny(settings), {
    seed: 3,
    checkpointEvery: 1,
    onCheckpoint: (state) => void states.push(state),
    ...more,
  });
  return { run, states };
}

/** As a checkpoint file brings it back. */
function written(state: SavedState): SavedState {
  const engine = { name: 'wasm', version: '' };
  const identity = { model: 'ppo', seed: 3, engine, versions: identityVersions(), configuration: {} };
  return decodeCheckpoint(encodeCheckpoint({ identity, state }), 'a checkpoint in memory').state;
}

describe('a run that is saved and resumed', () => {
  it.each([
    ['popart, running observations, episodes that are cut off', STATEFUL],
    [
      'rewards scaled, shared layers, continuous actions, shaping',
      {
        ...STATEFUL,
        environment: { name: 'linear-quadratic', timeLimit: 5 },
        returns: { normalisation: 'running' },
        value: { clip: 'scale' },
        network: { hidden: [4], shared: true },
      },
    ],
    ['several components of the reward', { ...STATEFUL, environment: { name: 'durotaxis' } }],
  ])('goes on bit for bit from any update: %s', async (_, settings) => {
    const straight = await saving({ ...settings, steps: 36 });
    expect(straight.states.map(({ step }) => step)).toEqual([6, 12, 18, 24, 30, 36]);
    for (const [index, state] of straight.states.slice(0, -1).entries()) {
      const resumed = await saving({ ...settings, steps: 36 }, { resumeFrom: written(state) });
      expect(resumed.states).toEqual(straight.states.slice(index + 1));
      expect(resumed.run.weights).toEqual(straight.run.weights);
      expect(resumed.run.log).toEqual(straight.run.log.slice(index + 1));
      expect(resumed.run.observationMoments).toEqual(straight.run.observationMoments);
      expect(resumed.run.returnMoments).toEqual(straight.run.returnMoments);
    }
  });

  it('is the same however often it is saved, and states are snapshots', async () => {
    const often = await saving(STATEFUL);
    const seldom = await saving(STATEFUL, { checkpointEvery: Infinity });
    expect(seldom.run).toEqual(often.run);
    expect(seldom.states).toEqual(often.states.slice(-1));
    const again = await saving(STATEFUL, { maximumSteps: 6 });
    expect(often.states[0]).toEqual(again.states[0]);
  });

  it('takes no step where all are taken', async () => {
    const { run, states } = await saving(STATEFUL);
    const ended = await saving(STATEFUL, { resumeFrom: states.at(-1) as SavedState });
    expect([ended.run.steps, ended.run.log, ended.states]).toEqual([60, [], []]);
    expect(ended.run.weights).toEqual(run.weights);
  });

  it('holds moments that are neither those of nothing nor of a beginning', async () => {
    const { states } = await saving({ ...STATEFUL, returns: { normalisation: 'running' } });
    const { numbers, tensors } = states.at(-1) as SavedState;
    expect(numbers['observations.count']).toBe(60);
    expect(numbers['rewards.count']).toBe(60);
    expect(numbers['updates']).toBe(40);
    expect(tensors['elapsed']?.data.some((steps) => steps > 0)).toBe(true);
    expect(tensors['states']?.data).toHaveLength(2 * 4);
  });
});

describe('restoreState', () => {
  it('gives what saveState took, bit for bit', async () => {
    const { states } = await saving(STATEFUL, { maximumSteps: 12 });
    const [saved] = states.slice(-1) as [SavedState];
    const configuration = tiny(STATEFUL);
    const state: PpoRunState = ppoKit.restoreState(saved, configuration, await configuredIn(configuration));
    expect(await ppoKit.saveState(state)).toEqual(saved);
    const { weights, moments } = state;
    ppoKit.release({ weights, firstMoment: moments.firstMoment, secondMoment: moments.secondMoment });
  });

  it.each([
    ['another network', { network: { hidden: [5] } }, 'weights'],
    ['other environments', { environments: 3, minibatch: 9 }, 'states'],
    ['another environment', { environment: { name: 'linear-quadratic' } }, 'weights'],
  ])('refuses the state of %s, and makes no tensor', async (_, change, name) => {
    const { states } = await saving(STATEFUL, { maximumSteps: 6 });
    const resumeFrom = states.at(-1) as SavedState;
    await expect(saving({ ...STATEFUL, ...change }, { resumeFrom })).rejects.toThrow(
      new RegExp(`state-unusable[\\s\\S]*${name} with`),
    );
  });

  it('refuses a state without a number', async () => {
    const { states } = await saving(STATEFUL, { maximumSteps: 6 });
    const [{ numbers, ...rest }] = states.slice(-1) as [SavedState];
    const fewer = Object.fromEntries(Object.entries(numbers).filter(([name]) => name !== 'returns.weight'));
    await expect(saving(STATEFUL, { resumeFrom: { ...rest, numbers: fewer } })).rejects.toThrow(
      /state-unusable[\s\S]*returns\.weight/,
    );
  });
});
