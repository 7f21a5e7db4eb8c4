import { normalCriticalValue } from '../../../src/numerics/tails.ts';
import type { Measurement } from '../../../src/verification/measurement.ts';
import { agree, same, worstOf } from '../../../src/verification/measurement.ts';

/** A state of durotaxis, read from its row. */
export interface Colony {
  readonly slope: number;
  readonly intercept: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface ColonySettings {
  readonly scale: 'legacy' | 'bounded';
  readonly spawnGain: number;
}

/** Chance that the noise of one new node is taken for a mistake. */
const FALSE_ALARM = 1e-12;
/** Places are stored in single precision. */
const ROUNDOFF = 2 ** -24;
/** Half a unit in the last place of the widest coordinate, 600, twice: of a node and of its parent. */
const PLACE = 2 * 2 ** -24 * 1024;
const WIDTH = 600;

export function colonyAt(row: readonly number[]): Colony {
  const [count = 0, slope = NaN, intercept = NaN] = row;
  const places = Array.from({ length: count }, (_, node) => [
    row[4 + 2 * node] ?? NaN,
    row[5 + 2 * node] ?? NaN,
  ]);
  return { slope, intercept, x: places.map(([x = NaN]) => x), y: places.map(([, y = NaN]) => y) };
}

/** The nodes that stay when so many of the leftmost are deleted, in the order of the chain, and those that leave. */
export function parted(
  { x }: Colony,
  count: number,
): { readonly stay: readonly number[]; readonly leave: readonly number[] } {
  const fromLeft = [...x.keys()].sort((a, b) => (x[a] ?? NaN) - (x[b] ?? NaN) || a - b);
  return { stay: fromLeft.slice(count).sort((a, b) => a - b), leave: fromLeft.slice(0, count) };
}

/** How many nodes one policy deletes; where ratio·N is whole but for rounding it may be either. */
export function deleted(ratio: number, nodes: number): readonly number[] {
  const share = ratio * nodes;
  const near = Math.abs(share - Math.round(share)) <= 4 * ROUNDOFF * nodes;
  return near ? [Math.round(share), Math.round(share) - 1].filter((k) => k >= 0) : [Math.floor(share)];
}

/** One policy has acted once: who stays stays in place, and each of them has one new node, in reach and direction. */
export function grownBy(
  before: Colony,
  after: Colony,
  action: readonly number[],
  at: string,
): readonly Measurement[] {
  const [ratio = NaN, reach = NaN, softness = NaN, noise = NaN, angle = NaN] = action;
  const nodes = before.x.length;
  const choices = deleted(ratio, nodes);
  const removed = choices.find((k) => 2 * (nodes - k) === after.x.length) ?? choices[0] ?? NaN;
  const measured: Measurement[] = [
    {
      quantity: 'nodes beyond twice as many',
      measured: Math.max(0, after.x.length - 2 * nodes) + 0 * nodes,
      allowed: 0,
      at,
    },
    same('nodes', String(after.x.length), String(2 * (nodes - removed)), at),
  ];
  const { stay } = parted(before, removed);
  if (2 * stay.length !== after.x.length) return measured;
  const [along, across] = [Math.cos(angle), Math.sin(angle)];
  for (const [place, node] of stay.entries()) {
    const where = `${at}, node ${node}`;
    const [x = NaN, y = NaN] = [before.x[node], before.y[node]];
    measured.push(
      agree('place of a node that stays', after.x[2 * place] ?? NaN, x, 0, where),
      agree('place of a node that stays', after.y[2 * place] ?? NaN, y, 0, where),
    );
    const [dx, dy] = [(after.x[2 * place + 1] ?? NaN) - x, (after.y[2 * place + 1] ?? NaN) - y];
    const intensity = before.slope * x + before.intercept;
    const length = reach / (1 + (softness / intensity) ** 2);
    measured.push(
      agree('new node, beside its direction', dy * along - dx * across, 0, PLACE, where),
      agree(
        'reach of a new node',
        dx * along + dy * across,
        length,
        noise * normalCriticalValue(FALSE_ALARM) + PLACE,
        where,
      ),
    );
  }
  const worst = worstOf(measured);
  return worst === undefined ? [] : [worst];
}

/** Rewards of a step for deleting, spawning and distance, as they are declared; and no more than 1 on the bounded scale. */
export function paidFor(
  before: Colony,
  after: Colony,
  rewards: readonly number[],
  { scale, spawnGain }: ColonySettings,
  at: string,
): readonly Measurement[] {
  const nodes = before.x.length;
  const spawned = after.x.length / 2;
  const { leave } = parted(before, nodes - spawned);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const moved = after.x.length === 0 ? 0 : mean(after.x) - mean(before.x);
  const lags = leave.map((node) => before.slope * (mean(before.x) - (before.x[node] ?? NaN)));
  const gains = Array.from(
    { length: spawned },
    (_, place) => before.slope * ((after.x[2 * place + 1] ?? NaN) - (after.x[2 * place] ?? NaN)) - spawnGain,
  );
  const perNode = scale === 'legacy' ? 2 : 1 / nodes;
  const distance = (scale === 'legacy' ? 5 : 1) / (WIDTH - 1);
  const balance = (excess: readonly number[]) => {
    const unsure = excess.filter(
      (one) => Math.abs(one) <= before.slope * PLACE + 4 * ROUNDOFF * spawnGain,
    ).length;
    return { value: excess.reduce((sum, one) => sum + (one >= 0 ? 1 : -1), 0), unsure };
  };
  const [forDeleting, forSpawning] = [balance(lags), balance(gains)];
  const stored = (value: number): number => 2 * ROUNDOFF * Math.abs(value);
  const component = (
    quantity: string,
    got: number | undefined,
    { value, unsure }: ReturnType<typeof balance>,
  ) => agree(quantity, got ?? NaN, perNode * value, perNode * 2 * unsure + stored(perNode * value), at);
  return [
    component('reward for deleting', rewards[0], forDeleting),
    component('reward for spawning', rewards[1], forSpawning),
    agree(
      'reward for distance',
      rewards[2] ?? NaN,
      distance * moved,
      distance * PLACE + stored(distance * moved),
      at,
    ),
    ...(scale === 'legacy'
      ? []
      : rewards.map((reward) => ({
          quantity: 'component of the bounded reward',
          measured: Math.abs(reward),
          allowed: 1 + ROUNDOFF,
          at: `${at}, ${nodes} nodes`,
        }))),
  ];
}

/** By how much more the components pay than the way that the colony has gone by itself is worth. */
export function paidForNothing(
  before: Colony,
  after: Colony,
  rewards: readonly number[],
  { scale }: ColonySettings,
  at: string,
): readonly Measurement[] {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const worth = ((scale === 'legacy' ? 5 : 1) * (mean(after.x) - mean(before.x) + PLACE)) / (WIDTH - 1);
  const total = rewards.reduce((sum, reward) => sum + reward, 0);
  return [
    ...rewards.map((reward, component) => ({
      quantity: 'component of the reward of doing nothing, beyond the way gone',
      measured: Math.max(0, reward - Math.max(0, worth)) + 0 * reward,
      allowed: ROUNDOFF,
      at: `${at}, component ${component}`,
    })),
    {
      quantity: 'reward of doing nothing, above 0',
      measured: Math.max(0, total) + 0 * total,
      allowed: 0,
      at,
    },
  ];
}
