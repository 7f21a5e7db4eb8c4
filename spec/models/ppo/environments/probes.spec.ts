import { describe, expect, it } from 'vitest';
import type { ProbeName } from '../../../../src/models/ppo/index.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { begin, bestIn, made, optimumOf, stepOf } from './episode.ts';

const DISCOUNT = 0.7;

/** Every way through a probe: from both signs of the observation, with every action. */
function outcomes(name: ProbeName): readonly string[] {
  const environment = made({ name }, DISCOUNT);
  const count = environment.actions.kind === 'discrete' ? environment.actions.count : 0;
  const lines = new Set<string>();
  for (let seed = 0; seed < 20; seed += 1) {
    for (let action = 0; action < count; action += 1) {
      const random = streamOf(seed);
      const state = begin(environment, random);
      const [first = 0] = state;
      const paid: number[] = [];
      for (let ended = false; !ended;) {
        const { reward, terminated } = stepOf(environment, state, [action], random);
        paid.push(reward);
        ended = terminated;
      }
      lines.add(`${first}: ${action} pays ${paid.join(', ')}`);
    }
  }
  return [...lines].sort();
}

describe('the probes', () => {
  it.each<[ProbeName, readonly string[]]>([
    ['probe-constant', ['0: 0 pays 1']],
    ['probe-observation', ['-1: 0 pays -1', '1: 0 pays 1']],
    ['probe-delay', ['0: 0 pays 0, 1']],
    ['probe-action', ['0: 0 pays -1', '0: 1 pays 1']],
    ['probe-both', ['-1: 0 pays 1', '-1: 1 pays -1', '1: 0 pays -1', '1: 1 pays 1']],
  ])('%s pays what it says', (name, expected) => {
    expect(outcomes(name)).toEqual(expected);
  });

  it.each<[ProbeName, string, readonly [action: number, value: number]]>([
    ['probe-constant', 'from 0', [0, 1]],
    ['probe-observation', 'from -1', [0, -1]],
    ['probe-observation', 'from 1', [0, 1]],
    ['probe-delay', 'from 0', [0, DISCOUNT]],
    ['probe-delay', 'from 1', [0, 1]],
    ['probe-action', 'from 0', [1, 1]],
    ['probe-both', 'from -1', [0, 1]],
    ['probe-both', 'from 1', [1, 1]],
  ])('%s %s has its best action and value', (name, from, [action, value]) => {
    const environment = made({ name }, DISCOUNT);
    const state = Float32Array.of(Number(from.slice(5)));
    expect([...bestIn(environment, state)]).toEqual([action]);
    expect(optimumOf(environment).value(state)).toBe(value);
    expect(optimumOf(environment).discount).toBe(DISCOUNT);
  });
});
