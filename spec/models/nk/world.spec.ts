import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { NkKit, NkProcedure, NkWorld } from '../../../src/models/nk/index.ts';
import { NK_PROCEDURES, nkKit } from '../../../src/models/nk/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { onWasm, readOne } from '../../nn/on-wasm.ts';
import { economies, parameterTensor } from './batch.ts';

onWasm();

const BATCH = 7;
const start = economies(BATCH);

function next(procedure: NkProcedure, seed: number, widen = 1, kit: NkKit = nkKit): Promise<number[]> {
  return readOne(() => {
    const parameters = parameterTensor(start.parameters);
    const world: NkWorld = {
      parameters,
      coefficients: kit.coefficients(parameters),
      parameterValues: start.parameters,
      zeta: tf.tensor1d(start.zeta),
      generation: 0,
    };
    return kit.nextState(kit, {
      world,
      redrawn: true,
      procedure,
      sampling: { widen, bound: 3, unit: 'ergodic' },
      stream: streamOf(seed),
    });
  });
}

describe('nextState', () => {
  const oneStep = { ...NK_PROCEDURES.simulated, stateSteps: 1 };

  it('goes on from the state when simulated, also after a redraw of the parameters', async () => {
    const still: NkKit = { ...nkKit, transition: (_, zeta) => tf.clone(zeta) };
    expect(await next(NK_PROCEDURES.simulated, 1, 1, still)).toEqual([...start.zeta]);
  });

  it('takes the configured number of steps', async () => {
    let steps = 0;
    const counting: NkKit = {
      ...nkKit,
      transition: (...input) => {
        steps += 1;
        return nkKit.transition(...input);
      },
    };
    await next(NK_PROCEDURES.simulated, 1, 1, counting);
    expect(steps).toBe(10);
  });

  it('is a fresh draw when ergodic', async () => {
    const values = await next(NK_PROCEDURES.ergodic, 1);
    const draw = nkKit.drawErgodicState(streamOf(1), start.parameters, { widen: 1 });
    expect(values).toEqual([...draw]);
  });

  it('widens innovations', async () => {
    const [at1, at3] = [await next(oneStep, 2), await next(oneStep, 2, 3)];
    const quiet: NkKit = {
      ...nkKit,
      transition: (k, zeta, shock, c) => nkKit.transition(k, zeta, tf.zerosLike(shock), c),
    };
    const drift = await next(oneStep, 2, 1, quiet);
    const shocks = at1.map((value, index) => value - (drift[index] ?? 0));
    const wide = at3.map((value, index) => value - (drift[index] ?? 0));
    for (const [index, shock] of wide.entries()) expect(shock / (shocks[index] ?? 0)).toBeCloseTo(3, 3);
  });
});

describe('redrawsParameters', () => {
  it('redraws every so many iterations, at 0 first', () => {
    const redraws = Array.from({ length: 7 }, (_, iteration) =>
      nkKit.redrawsParameters(iteration, { ...NK_PROCEDURES.simulated, redrawEvery: 3 }),
    );
    expect(redraws).toEqual([true, false, false, true, false, false, true]);
  });
});
