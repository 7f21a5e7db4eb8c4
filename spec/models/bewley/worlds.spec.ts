import { describe, expect, it } from 'vitest';
import type { BewleyWorlds } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit, drawAgents, redrawShare, redrawWorlds } from '../../../src/models/bewley/index.ts';
import { streamOf } from '../../../src/numerics/stream.ts';
import { economy } from './presets.ts';

const kit = bewleyTrainerKit;
const [WORLDS, AGENTS] = [40, 5];

const settings = (...layers: readonly string[]) =>
  economy(`batch.worlds=${WORLDS}`, `batch.agents=${AGENTS}`, ...layers);

/** Worlds that no draw gives: wealth and ability below 0, so that what is drawn afresh is told by its sign. */
function marked(): BewleyWorlds {
  const agents = Array.from({ length: WORLDS * AGENTS }, (_, index) => index);
  return {
    wealth: Float32Array.from(agents, (index) => -1 - index),
    exogenous: {
      ability: Float32Array.from(agents, (index) => -1001 - index),
      star: Uint8Array.from(agents, (index) => index % 2),
    },
  };
}

const before = marked();

/** Which agents were drawn afresh, wealth and ability both; the others must hold what they held. */
function freshOf({ wealth, exogenous }: BewleyWorlds): readonly boolean[] {
  const fresh = Array.from(wealth, (owned) => owned > 0);
  const isRight = (isFresh: boolean, agent: number): boolean =>
    isFresh
      ? (exogenous.ability[agent] ?? Number.NaN) > 0
      : wealth[agent] === before.wealth[agent] &&
        exogenous.ability[agent] === before.exogenous.ability[agent] &&
        exogenous.star[agent] === before.exogenous.star[agent];
  expect(fresh.findIndex((isFresh, agent) => !isRight(isFresh, agent))).toBe(-1);
  return fresh;
}

describe('drawAgents', () => {
  it('gives wealth a stream of its own: another law of ability moves none of it', () => {
    const wide = drawAgents(kit, settings('ability.sigma=0.5'), 30, streamOf(1));
    const narrow = drawAgents(kit, settings('ability.sigma=0.01'), 30, streamOf(1));
    expect(wide.wealth).toEqual(narrow.wealth);
    expect(wide.exogenous.ability).not.toEqual(narrow.exogenous.ability);
    expect(wide.wealth).toHaveLength(30);
  });
});

describe('redrawShare', () => {
  const schedule = { unit: 'worlds', share: 0.03, finalShare: 0.006 } as const;

  it('goes from its first share to its last by half a cosine', () => {
    expect(redrawShare(schedule, 0, 1000)).toBe(0.03);
    expect(redrawShare(schedule, 500, 1000)).toBeCloseTo(0.018, 15);
    expect(redrawShare(schedule, 1000, 1000)).toBeCloseTo(0.006, 15);
    // A quarter of the way: (1 + cos 45°)/2 of the fall is still to come.
    expect(redrawShare(schedule, 250, 1000)).toBeCloseTo(0.006 + 0.024 * 0.853_553_390_593, 12);
  });
});

describe('redrawWorlds', () => {
  const redraw = (unit: string, share: number, label: string | number = 1): BewleyWorlds =>
    redrawWorlds(kit, marked(), settings(`redraw.unit=${unit}`), share, streamOf(label));

  it('of worlds draws all agents of a world or none', () => {
    const fresh = freshOf(redraw('worlds', 0.3));
    const byWorld = Array.from(
      { length: WORLDS },
      (_, world) => new Set(fresh.slice(world * AGENTS, (world + 1) * AGENTS)),
    );
    expect(byWorld.every(({ size }) => size === 1)).toBe(true);
    expect(new Set(byWorld.map((kinds) => [...kinds][0])).size).toBe(2);
  });

  it('of agents draws some of a world', () => {
    const fresh = freshOf(redraw('agents', 0.5));
    const mixed = Array.from(
      { length: WORLDS },
      (_, world) => new Set(fresh.slice(world * AGENTS, (world + 1) * AGENTS)),
    ).filter(({ size }) => size === 2);
    // One world of five is all of a kind with chance 1/16: of 40 worlds fewer than 20 mixed has a chance below 1e-15.
    expect(mixed.length).toBeGreaterThan(20);
  });

  it.each(['worlds', 'agents'])('draws the share of %s that it is told, over many draws', (unit) => {
    const [share, draws] = [0.03, 2000];
    let count = 0;
    for (let draw = 0; draw < draws; draw += 1)
      count += freshOf(redraw(unit, share, draw)).filter((isFresh) => isFresh).length;
    const size = unit === 'worlds' ? AGENTS : 1;
    const trials = (draws * WORLDS * AGENTS) / size;
    // Binomial: four standard deviations, beyond which a correct share lies with chance 6e-5; the seeds are fixed.
    const allowed = 4 * Math.sqrt((share * (1 - share)) / trials);
    expect(Math.abs(count / size / trials - share)).toBeLessThan(allowed);
  });

  it('draws all at share 1 and none at share 0', () => {
    for (const unit of ['worlds', 'agents']) {
      expect(freshOf(redraw(unit, 1))).not.toContain(false);
      expect(freshOf(redraw(unit, 0))).not.toContain(true);
    }
  });

  it('gives the same for the same stream, other agents for another, and never the same agent twice', () => {
    const first = redraw('worlds', 0.5);
    expect(redraw('worlds', 0.5)).toEqual(first);
    expect(redraw('worlds', 0.5, 2)).not.toEqual(first);
    const drawn = first.wealth.filter((owned) => owned > 0);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('draws agents of the initial law', () => {
    const { wealth } = redrawWorlds(
      kit,
      marked(),
      settings('initial.wealth.rule=uniform', 'initial.wealth.mean=7', 'initial.wealth.spread=0.1'),
      0.5,
      streamOf(1),
    );
    const drawn = wealth.filter((owned) => owned > 0);
    expect(drawn.every((owned) => owned >= 6.3 && owned <= 7.7)).toBe(true);
  });

  it.each(['worlds', 'agents'])('writes nothing to what it is given: %s', (unit) => {
    const given = marked();
    const made = redrawWorlds(kit, given, settings(`redraw.unit=${unit}`), 0.9, streamOf(1));
    expect(given).toEqual(marked());
    expect(made.wealth.buffer).not.toBe(given.wealth.buffer);
    expect(made.exogenous.star.buffer).not.toBe(given.exogenous.star.buffer);
  });
});
