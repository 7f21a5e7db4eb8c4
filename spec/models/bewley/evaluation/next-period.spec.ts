import { describe, expect, it } from 'vitest';
import { bewleyKit, starAbility } from '../../../../src/models/bewley/index.ts';
import type { CrossSection } from '../../../../src/models/bewley/evaluation/index.ts';
import { jointDraws, normalStrata, starEvents } from '../../../../src/models/bewley/evaluation/index.ts';
import { streamOf } from '../../../../src/numerics/stream.ts';
import { economy } from '../presets.ts';

const kit = bewleyKit;
const DRAWS = 32;

/** Three worlds of 40 agents of ability 1, stars where they are named: [world, agent]. */
function section(...stars: readonly (readonly [world: number, agent: number])[]): CrossSection {
  const made = {
    wealth: new Float32Array(120).fill(3),
    exogenous: { ability: new Float32Array(120).fill(1), star: new Uint8Array(120) },
    worlds: 3,
    agents: 40,
  };
  for (const [world, agent] of stars) made.exogenous.star[world * 40 + agent] = 1;
  return made;
}

describe('jointDraws', () => {
  const configuration = economy('no-tax');
  const draws = jointDraws({ kit, configuration }, section(), [], DRAWS, streamOf(1));
  const shocks = draws.map(({ ability }) => Array.from(ability, (level) => Math.log(level) / 0.1));

  it('gives every agent every point of its shock once', () => {
    const strata = [...normalStrata(DRAWS)];
    for (const agent of [0, 57, 119]) {
      const own = shocks.map((draw) => draw[agent] ?? Number.NaN).sort((a, b) => a - b);
      own.forEach((shock, index) => {
        expect(shock).toBeCloseTo(strata[index] ?? Number.NaN, 4);
      });
    }
  });

  it('in an order of its own: agents share no luck', () => {
    // Over draws the correlation of two agents is 0 with deviation 1/√31: of 7140 pairs the mean square is 1/31.
    let square = 0;
    for (let one = 0; one < 120; one += 1) {
      for (let other = 0; other < one; other += 1) {
        const product = shocks.reduce((sum, draw) => sum + (draw[one] ?? 0) * (draw[other] ?? 0), 0) / DRAWS;
        square += product ** 2;
      }
    }
    expect((square / 7140) * 31).toBeGreaterThan(0.9);
    expect((square / 7140) * 31).toBeLessThan(1.1);
  });

  it('is one draw, that of today, where ability is fixed', () => {
    const fixed = section();
    const [only, ...others] = jointDraws(
      { kit, configuration: economy('no-tax', 'complete') },
      fixed,
      [],
      DRAWS,
      streamOf(1),
    );
    expect(only).toBe(fixed.exogenous);
    expect(others).toEqual([]);
  });
});

describe('events of stars', () => {
  const configuration = economy('us');
  const stars = section([0, 7], [2, 1], [2, 30]);

  it('are that all stay, or that one stops, by their probabilities', () => {
    const { events, probabilityLeftOut } = starEvents(configuration, stars);
    expect(events.map(({ worlds }) => worlds)).toEqual([[0, 1, 2], [0, 2], [2]]);
    expect(events.map(({ leaving }) => leaving)).toEqual([[undefined, undefined, undefined], [7, 1], [30]]);
    const two = 0.99 ** 2 + 2 * 0.99 * 0.01;
    const [stay, first, second] = events.map(({ probability }) => probability);
    expect(stay?.[0]).toBeCloseTo(0.99, 12);
    expect(stay?.[1]).toBe(1);
    expect(stay?.[2]).toBeCloseTo(0.99 ** 2 / two, 12);
    expect(first?.[0]).toBeCloseTo(0.01, 12);
    expect(first?.[1]).toBeCloseTo((0.99 * 0.01) / two, 12);
    expect(second?.[0]).toBeCloseTo((0.99 * 0.01) / two, 12);
    // Two that stop at once, 1e-4, and 38 agents who may become one.
    expect(probabilityLeftOut).toBeCloseTo(1 - two * (1 - 2.2e-6) ** 38, 12);
  });

  it('draw the ability of a star that stops from the law of normal ability, and leave the others stars', () => {
    const leaving = [7, undefined, 1];
    const draws = jointDraws({ kit, configuration }, stars, leaving, DRAWS, streamOf(2));
    const level = starAbility(configuration.ability);
    const deviation = 0.2 / Math.sqrt(1 - 0.982 ** 2);
    const own = draws.map(({ ability }) => Math.log(ability[7] ?? Number.NaN) / deviation);
    const strata = [...normalStrata(DRAWS)];
    own
      .sort((a, b) => a - b)
      .forEach((shock, index) => {
        expect(shock).toBeCloseTo(strata[index] ?? Number.NaN, 4);
      });
    for (const { ability, star } of draws) {
      expect([star[7], star[81], star[110]]).toEqual([0, 0, 1]);
      expect(ability[110]).toBe(Math.fround(level));
      expect(ability[81]).toBeLessThan(50);
    }
  });
});
