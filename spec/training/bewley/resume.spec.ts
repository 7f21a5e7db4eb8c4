import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import type { BewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit } from '../../../src/models/bewley/index.ts';
import type { SavedState } from '../../../src/models/saved-state.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/training/run-directory/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

const kit = bewleyTrainerKit;

/** Trains to a step, from a saved state or from the start, and hands over every checkpoint. */
async function train(
  configuration: BewleyConfiguration,
  maximumSteps: number,
  more: { resumeFrom?: SavedState; checkpointEvery?: number } = {},
) {
  const checkpoints: SavedState[] = [];
  const run = await trainBewley({
    kit,
    configuration,
    seed: 3,
    maximumSteps,
    logEvery: 1,
    onCheckpoint: (state) => void checkpoints.push(state),
    ...more,
  });
  const last = checkpoints.at(-1);
  if (last === undefined) throw new Error('nothing was saved');
  return { run, checkpoints, last };
}

/** The state as it is read again from the text on the disk. */
function throughText(state: SavedState): SavedState {
  const identity = {
    model: 'bewley',
    seed: 3,
    engine: { name: 'wasm', version: '' },
    versions: {},
    configuration: {},
  };
  return decodeCheckpoint(encodeCheckpoint({ identity, state }), 'x').state;
}

describe('a run that is saved and resumed', () => {
  it.each([
    ['as documented', []],
    [
      'told by features that are learnt, in passes',
      ['network.distribution=deep-sets', 'batch.worldsPerPass=2'],
    ],
    [
      'told by the order, statistics of each agent',
      ['network.distribution=ordered', 'normaliser.scope=per-agent'],
    ],
    [
      'agents drawn afresh, stars come and go',
      ['redraw.unit=agents', 'redraw.share=0.4', 'ability.star.become=0.3'],
    ],
    ['without risk', ['no-tax', 'one-type']],
    ['without a warm-up', ['normaliser.warmUp=0']],
  ])('goes on bit for bit: %s', async (_, layers) => {
    const configuration = tiny(...layers);
    const straight = await train(configuration, 12);
    for (const at of [1, 7]) {
      const { last } = await train(configuration, at);
      for (const resumeFrom of [last, throughText(last)]) {
        const resumed = await train(configuration, 12, { resumeFrom });
        expect(resumed.run).toEqual({ ...straight.run, log: straight.run.log.slice(at) });
        expect(resumed.last).toEqual(straight.last);
      }
    }
  });

  it.each([0, 3])('goes on from before its first step, %i batches of warm-up', async (warmUp) => {
    const configuration = tiny(`normaliser.warmUp=${warmUp}`);
    const { last: resumeFrom } = await train(configuration, 0);
    expect(resumeFrom.step).toBe(0);
    expect((await train(configuration, 5, { resumeFrom })).last).toEqual(
      (await train(configuration, 5)).last,
    );
  });

  it('is the same however often it is saved, and states are snapshots', async () => {
    const often = await train(tiny(), 9, { checkpointEvery: 2 });
    const once = await train(tiny(), 9);
    expect(often.run).toEqual(once.run);
    expect(often.checkpoints.map(({ step }) => step)).toEqual([2, 4, 6, 8, 9]);
    const early = (await train(tiny(), 4)).last;
    expect(often.checkpoints[1]).toEqual(early);
  });

  it('leaves the state that it went on from as it was', async () => {
    const { last: resumeFrom } = await train(tiny(), 3);
    const before = structuredClone(resumeFrom);
    await train(tiny(), 9, { resumeFrom });
    expect(resumeFrom).toEqual(before);
  });
});

describe('a state that is not that of the run', () => {
  const refusal = async (resumeFrom: SavedState, configuration: BewleyConfiguration): Promise<InputError> => {
    const run = train(configuration, 9, { resumeFrom });
    const error = await run.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof InputError) return error;
    throw new Error('the state was not refused', { cause: error });
  };

  it.each([
    ['network.hidden=7', /weights with \d+ elements/],
    ['network.distribution=ordered', /weights with \d+ elements/],
    ['batch.worlds=5', /wealth with 24 elements[\s\S]*wealth with 30 elements/],
    ['normaliser.scope=per-agent', /mean with 4 elements[\s\S]*mean with 24 elements/],
  ])('is refused, naming what does not fit: %s', async (layer, told) => {
    const { last } = await train(tiny(), 2);
    const { code, message } = await refusal(last, tiny(layer));
    expect(code).toBe('state-unusable');
    expect(message).toMatch(told);
  });

  it.each(['weights', 'firstMoment', 'secondMoment', 'mean', 'variance', 'wealth', 'ability', 'star'])(
    'is refused without %s',
    async (name) => {
      const { last } = await train(tiny(), 2);
      const tensors = Object.fromEntries(Object.entries(last.tensors).filter(([key]) => key !== name));
      expect((await refusal({ ...last, tensors }, tiny())).message).toContain(`no ${name}`);
    },
  );

  it.each(['updates', 'batches'])('is refused without the number %s', async (name) => {
    const { last } = await train(tiny(), 2);
    const numbers = Object.fromEntries(Object.entries(last.numbers).filter(([key]) => key !== name));
    expect((await refusal({ ...last, numbers }, tiny())).message).toContain(`no ${name}`);
  });
});
