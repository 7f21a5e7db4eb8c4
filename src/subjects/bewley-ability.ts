import type { BewleyAbilityKit, BewleyBranches, BewleyExogenous } from '../models/bewley/index.ts';
import { streamOf } from '../numerics/stream.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { TensorValue } from '../verification/tensor-value.ts';

/** The exogenous side of the Bewley economy as operations; numbers of the host, which no engine touches. */
export function bewleyAbility(kit: BewleyAbilityKit): readonly Implementation[] {
  return [
    implement(contract.bewleyAbilityStep, async ({ process, complete, ability, star, seed }) => {
      const state = { ability: Float32Array.from(ability.data), star: Uint8Array.from(star.data) };
      const { a, b } = kit.drawBranches(kit, { ability: process, complete }, state, streamOf(seed));
      return { a: row(a), b: row(b) };
    }),
    implement(contract.bewleyInitialAbility, async ({ process, initial, count, seed }) =>
      row(kit.initialExogenous(kit, process, initial, count, streamOf(seed))),
    ),
    implement(contract.bewleyAbilityPath, async ({ process, complete, initial, count, steps, seed }) => {
      const stream = streamOf(seed);
      let state = kit.initialExogenous(kit, process, initial, count, stream.split('initial'));
      const committed = [state];
      const branches: BewleyBranches[] = [];
      const chosen = new Int32Array(steps);
      for (let step = 0; step < steps; step += 1) {
        const luck = stream.split('step').split(step);
        const drawn = kit.drawBranches(kit, { ability: process, complete }, state, luck);
        const choice = kit.chooseBranch(luck.split('coin'));
        state = kit.commitExogenous(drawn, choice);
        committed.push(state);
        branches.push(drawn);
        chosen[step] = choice === 'a' ? 0 : 1;
      }
      return {
        committed: matrix(committed),
        a: matrix(branches.map(({ a }) => a)),
        b: matrix(branches.map(({ b }) => b)),
        chosen: { dtype: 'int32' as const, shape: [steps], data: chosen },
      };
    }),
    implement(contract.bewleyInitialWealth, async ({ initial, count, seed }) => {
      const wealth = kit.initialWealth(initial, count, streamOf(seed));
      return { wealth: { dtype: 'float32' as const, shape: [wealth.length], data: wealth } };
    }),
  ];
}

/** The agents of one period: (N). */
function row({ ability, star }: BewleyExogenous): { ability: TensorValue; star: TensorValue } {
  return {
    ability: { dtype: 'float32', shape: [ability.length], data: ability },
    star: { dtype: 'bool', shape: [star.length], data: star },
  };
}

/** The agents of several periods, one a row. */
function matrix(periods: readonly BewleyExogenous[]): { ability: TensorValue; star: TensorValue } {
  const count = periods[0]?.ability.length ?? 0;
  const ability = new Float32Array(periods.length * count);
  const star = new Uint8Array(periods.length * count);
  periods.forEach((period, index) => {
    ability.set(period.ability, index * count);
    star.set(period.star, index * count);
  });
  return {
    ability: { dtype: 'float32', shape: [periods.length, count], data: ability },
    star: { dtype: 'bool', shape: [periods.length, count], data: star },
  };
}
