import { describe, expect, it } from 'vitest';
import type { DurotaxisKit, Environment } from '../../../../../src/models/ppo/index.ts';
import { durotaxisKit, environmentOf } from '../../../../../src/models/ppo/index.ts';
import { streamOf } from '../../../../../src/numerics/stream.ts';
import { begin, made, seen, settingsOf, stepOf } from '../episode.ts';

interface Log {
  readonly nodes: number;
  readonly after: number;
  readonly rewards: Float32Array;
  readonly potential: number;
  readonly seen: Float32Array;
  readonly terminated: boolean;
}

/** Steps of episodes in which the agent acts so: numbers in (0, 1) of each range. */
function play(
  environment: Environment,
  seed: number,
  share: (i: number, uniform: number) => number,
): readonly Log[] {
  const [random, agent] = [streamOf(seed), streamOf(seed).split('agent')];
  const [low, high] =
    environment.actions.kind === 'continuous'
      ? [environment.actions.low, environment.actions.high]
      : [[], []];
  const state = begin(environment, random);
  const log: Log[] = [];
  for (let ended = false; !ended && log.length < environment.timeLimit;) {
    const [nodes = 0] = state;
    const observation = seen(environment, state);
    const action = low.map((least, i) => least + ((high[i] ?? 0) - least) * share(i, agent.uniform()));
    const { rewards, terminated } = stepOf(environment, state, action, random);
    log.push({
      nodes,
      after: state[0] ?? 0,
      rewards,
      potential: environment.potential?.(state) ?? 0,
      seen: observation,
      terminated,
    });
    ended = terminated;
  }
  return log;
}

const atRandom = (_: number, uniform: number): number => uniform;
/** Half of the nodes, as far as they reach, softness and noise as small as can be, straight on. */
const straight = (i: number): number => [0.5 / 0.7, 1, 0, 0, 0.5][i] ?? 0;
const seeds = Array.from({ length: 40 }, (_, seed) => seed);
const withKit = (change: Partial<DurotaxisKit>, settings: object): Environment =>
  environmentOf({ durotaxis: { ...durotaxisKit, ...change } }, settingsOf(settings), 0.99);
const sumOf = (values: Iterable<number>): number => [...values].reduce((sum, one) => sum + one, 0);

describe('durotaxis at random', () => {
  const environment = made({ name: 'durotaxis', scale: 'legacy' });
  const log = seeds.flatMap((seed) => play(environment, seed, atRandom));

  it('outgrows its 200 nodes, in about 14 steps', () => {
    expect(log.every(({ nodes, after }) => after <= 2 * nodes)).toBe(true);
    const endings = log.filter(({ terminated }) => terminated);
    expect(endings).toHaveLength(seeds.length);
    expect(endings.every(({ after, rewards }) => after > 200 && rewards[3] === -15)).toBe(true);
    expect(log.length / seeds.length).toBeGreaterThan(9);
    expect(log.length / seeds.length).toBeLessThan(20);
  });

  it('is paid, in the legacy scale, in proportion to its nodes: for deleting and against spawning', () => {
    const meanOf = (component: number, from: number, to: number): number => {
      const steps = log.filter(({ nodes }) => nodes >= from && nodes < to);
      return sumOf(steps.map(({ rewards }) => rewards[component] ?? 0)) / steps.length;
    };
    // A third of the nodes goes and two thirds stay: 2/3 and −4/3 for each node.
    for (const [from, to] of [
      [16, 32],
      [64, 128],
    ] as const) {
      // prettier-ignore
      const middle = Math.sqrt(from * to);
      expect(meanOf(0, from, to) / middle).toBeCloseTo(2 / 3, 0);
      expect(meanOf(1, from, to) / middle).toBeCloseTo(-4 / 3, 0);
    }
    expect(meanOf(0, 64, 128) / meanOf(0, 16, 32)).toBeGreaterThan(2.8);
    expect(meanOf(1, 64, 128) / meanOf(1, 16, 32)).toBeGreaterThan(2.8);
  });

  it('stays within ±1 in the bounded scale, milestones and all, on any substrate', () => {
    const bounded = made({
      name: 'durotaxis',
      milestones: true,
      substrate: { rule: 'random' },
      spawnGain: 0.5,
    });
    expect(bounded.rewards).toEqual(['delete', 'spawn', 'distance', 'termination', 'milestones']);
    for (const { rewards } of seeds.flatMap((seed) => play(bounded, seed, atRandom))) {
      for (const one of rewards) expect(Math.abs(one)).toBeLessThanOrEqual(1);
    }
  });

  it('divides, in the bounded scale, by the nodes from before the step', () => {
    // Of 5 nodes 3 go, and 2 spawn without gaining enough.
    const [first] = play(made({ name: 'durotaxis' }), 1, (i, uniform) => (i === 0 ? 1 : uniform));
    expect([first?.nodes, first?.after]).toEqual([5, 4]);
    expect(first?.rewards[1]).toBeCloseTo(-2 / 5, 6);
  });

  it('shows features of order 1', () => {
    for (const { seen: features } of log) {
      for (const value of features) expect(Math.abs(value)).toBeLessThan(3);
    }
    // And none that says nothing, but the drift.
    const columns = environment.observations.map((name, i) => ({
      name,
      values: new Set(log.map((one) => one.seen[i])),
    }));
    expect(columns.filter(({ values }) => values.size === 1).map(({ name }) => name)).toEqual([
      'log intensity rise',
      'drift',
    ]);
  });
});

describe('durotaxis under a steady policy', () => {
  it('arrives: half of the nodes go in each step, the others go on', () => {
    const environment = made({ name: 'durotaxis', scale: 'legacy', initialNodes: 6 });
    for (const seed of seeds) {
      const log = play(environment, seed, straight);
      expect(log.at(-1)?.rewards[3]).toBe(500);
      expect(log.length).toBeLessThan(50);
      // 600 in steps of 13 or so; the potential is where the centroid is.
      expect(log.at(-1)?.potential).toBeGreaterThan(0.9);
    }
  });

  it('pays for distance what the potential gains, times 600/599, or five times that', () => {
    for (const [scale, factor] of [
      ['bounded', 1],
      ['legacy', 5],
    ] as const) {
      // prettier-ignore
      const log = play(made({ name: 'durotaxis', scale }), 3, straight);
      for (const [i, { rewards, potential }] of log.entries()) {
        const before = log[i - 1]?.potential;
        if (before === undefined) continue;
        expect(rewards[2]).toBeCloseTo(((potential - before) * 600 * factor) / 599, 4);
      }
    }
  });

  it('is cut off by time alone where nothing happens, and doing nothing earns nothing', () => {
    const environment = made({ name: 'durotaxis', initialNodes: 2, timeLimit: 50, maximumNodes: 200 });
    // Half of two nodes, and next to no step.
    const log = play(environment, 1, (i) => [0.5 / 0.7, 0, 1, 0, 0.5][i] ?? 0);
    expect(log).toHaveLength(50);
    expect(log.at(-1)?.terminated).toBe(false);
    for (const settings of [
      { scale: 'legacy' },
      { scale: 'bounded' },
      { scale: 'bounded', substrate: { rule: 'random' } },
    ]) {
      const idle = made({ name: 'durotaxis', ...settings });
      for (const { rewards } of play(idle, 2, () => 0)) expect(sumOf(rewards)).toBeLessThanOrEqual(0);
    }
  });

  it('ends by drift after 30 steps to the left, unless the colony has left before', () => {
    const act: DurotaxisKit['act'] = (_kit, { x, y }) => ({
      colony: { x: x.map((one) => one - 0.5), y },
      lags: [],
      gains: [],
    });
    const environment = withKit({ act }, { name: 'durotaxis', scale: 'legacy', initialNodes: 1 });
    const paid = new Set<number | undefined>();
    for (const seed of seeds) {
      const log = play(environment, seed, atRandom);
      paid.add(log.at(-1)?.rewards[3]);
      // The last step leaves the node at start − 15, or is the first to leave it below 0.
      const place = 600 * (log.at(-1)?.potential ?? 0);
      expect([log.length === 30 && place >= 0, log.at(-1)?.rewards[3]]).toEqual(
        place >= 0 ? [true, -50] : [false, -100],
      );
    }
    expect(paid).toEqual(new Set([-50, -100]));
  });
});

describe('a kit with one function replaced', () => {
  it('grows fourfold where two policies act', () => {
    const act: DurotaxisKit['act'] = (kit, colony, substrate, action, random) => {
      const first = durotaxisKit.act(kit, colony, substrate, action, random);
      const second = durotaxisKit.act(kit, first.colony, substrate, action, random);
      return { ...second, lags: [...first.lags, ...second.lags], gains: [...first.gains, ...second.gains] };
    };
    const log = play(withKit({ act }, { name: 'durotaxis', maximumNodes: 100 }), 1, (i) =>
      i === 0 ? 0 : 0.5,
    );
    expect(log.map(({ nodes, after }) => after / nodes)).toEqual(log.map(() => 4));
    expect(log.at(-1)?.after).toBe(320);
  });

  it('sums over nodes in the bounded scale where sums are not divided', () => {
    const environment = withKit({ perNode: (sum) => sum }, { name: 'durotaxis' });
    const [spawned = 0] = seeds.flatMap((seed) => play(environment, seed, atRandom)).map(({ rewards }) => rewards[1] ?? 0).sort((a, b) => a - b); // prettier-ignore
    expect(spawned).toBeLessThan(-60);
  });

  it('pays for existing where milestones come unasked', () => {
    const settings = { name: 'durotaxis', scale: 'legacy', initialNodes: 2 };
    const unasked = withKit({ paysMilestones: () => true }, settings);
    const idle = (i: number): number => [0.5 / 0.7, 0, 1, 0, 0.5][i] ?? 0;
    expect(sumOf(play(unasked, 1, idle)[5]?.rewards ?? [])).toBeGreaterThan(0);
  });

  it('has no features that are not finite where no nodes are left', () => {
    const environment = withKit(
      { removalCount: (_ratio, nodes) => nodes },
      { name: 'durotaxis', scale: 'legacy' },
    );
    const random = streamOf(1);
    const state = begin(environment, random);
    const { rewards, terminated } = stepOf(environment, state, [0.5, 1, 1, 0.1, 0], random);
    expect([terminated, rewards[3], rewards[2]]).toEqual([true, -100, 0]);
    expect([...seen(environment, state)].every(Number.isFinite)).toBe(true);
    expect(environment.potential?.(state)).toBe(0);
  });
});
