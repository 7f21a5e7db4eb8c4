import { InputError } from '../../../errors.ts';
import type { AbilityChain } from './ability-chain.ts';
import { element } from './element.ts';

/** Shares of agents by state, [ability · points + point of wealth], and the periods that it took. */
export interface StationaryDistribution {
  readonly mass: Float64Array;
  readonly iterations: number;
}

/** Between two points of wealth: the lower one, and the share that goes to it so that the mean is kept. */
interface Lottery {
  readonly below: Int32Array;
  readonly share: Float64Array;
}

const MOST_ITERATIONS = 50_000;

/** Periods between two jumps: long enough that what is left to settle is mostly its slowest part. */
const CYCLE = 40;

/**
 * The stationary distribution of wealth and ability, as a histogram: each agent's saving is a lottery between the two
 * points around it, with the mean kept (Young 2010); saving beyond the last point ends there.
 *
 * Wealth settles slowly where agents are nearly patient. So every some periods the movement Δ, which shrinks by λ a
 * period, is summed at once, Δ (λ + λ² + …); the jump is kept only if less moves after it.
 *
 * @param saved wealth carried over, by state
 * @throws InputError `distribution-not-converged`
 */
export function stationaryDistribution(
  { transition }: AbilityChain,
  assets: Float64Array,
  saved: Float64Array,
  guess: Float64Array,
  tolerance: number,
): StationaryDistribution {
  const lottery = lotteryOf(assets, saved);
  const step = (mass: Float64Array): Float64Array => periodLater(transition, assets.length, lottery, mass);
  let mass = guess;
  let moved = Number.NaN;
  for (let iteration = 1; iteration <= MOST_ITERATIONS; iteration += 1) {
    if (iteration % CYCLE !== 0) {
      mass = step(mass);
      continue;
    }
    const between = step(mass);
    const next = step(between);
    const before = distance(between, mass);
    moved = distance(next, between);
    if (moved < tolerance) return { mass: next, iterations: iteration };
    mass = next;
    const shrinks = moved / before;
    if (!(shrinks < 1)) continue;
    const jumped = jump(between, next, shrinks / (1 - shrinks));
    const after = step(jumped);
    if (distance(after, jumped) < moved) mass = after;
  }
  throw new InputError({
    code: 'distribution-not-converged',
    what: 'the distribution of wealth does not settle',
    given: `${moved} of the agents still move after ${MOST_ITERATIONS} periods`,
    expected: `less than ${tolerance}`,
    todo: 'look for a persistence so near to 1 that there is no long run',
  });
}

/** Further along the last movement, as far as no state would have less than nobody, with all agents as they were. */
function jump(before: Float64Array, now: Float64Array, times: number): Float64Array {
  const jumped = new Float64Array(now.length);
  let [agents, counted] = [0, 0];
  for (let index = 0; index < now.length; index += 1) {
    const here = element(now, index);
    const there = Math.max(0, here + times * (here - element(before, index)));
    jumped[index] = there;
    agents += here;
    counted += there;
  }
  for (let index = 0; index < now.length; index += 1) {
    jumped[index] = element(jumped, index) * (agents / counted);
  }
  return jumped;
}

function distance(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) {
    sum += Math.abs(element(left, index) - element(right, index));
  }
  return sum;
}

/** Every ability in its long-run share, all with the same wealth. */
export function firstDistribution(
  { shares }: AbilityChain,
  assets: Float64Array,
  capital: number,
): Float64Array {
  const mass = new Float64Array(shares.length * assets.length);
  const near = Math.max(
    0,
    assets.findIndex((owned) => owned >= capital),
  );
  shares.forEach((share, state) => {
    mass[state * assets.length + near] = share;
  });
  return mass;
}

/** A distribution carried over to more points of wealth, where nobody is yet. */
export function widenedDistribution(
  mass: Float64Array,
  states: number,
  points: number,
  wider: number,
): Float64Array {
  const widened = new Float64Array(states * wider);
  for (let state = 0; state < states; state += 1) {
    widened.set(mass.subarray(state * points, (state + 1) * points), state * wider);
  }
  return widened;
}

function lotteryOf(assets: Float64Array, saved: Float64Array): Lottery {
  const below = new Int32Array(saved.length);
  const share = new Float64Array(saved.length);
  const last = assets.length - 1;
  let point = 0;
  for (let index = 0; index < saved.length; index += 1) {
    // Saving increases with wealth: the pointer moves up, and goes back with the next ability.
    if (index % assets.length === 0) point = 0;
    const target = Math.min(element(saved, index), element(assets, last));
    while (point > 0 && element(assets, point) > target) point -= 1;
    while (point < last - 1 && element(assets, point + 1) <= target) point += 1;
    const [left, right] = [element(assets, point), element(assets, point + 1)];
    below[index] = point;
    share[index] = (right - target) / (right - left);
  }
  return { below, share };
}

function periodLater(
  transition: readonly (readonly number[])[],
  points: number,
  { below, share }: Lottery,
  mass: Float64Array,
): Float64Array {
  const carried = new Float64Array(mass.length);
  for (let index = 0; index < mass.length; index += 1) {
    const here = element(mass, index);
    if (here === 0) continue;
    const to = index - (index % points) + element(below, index);
    const kept = here * element(share, index);
    carried[to] = element(carried, to) + kept;
    carried[to + 1] = element(carried, to + 1) + (here - kept);
  }
  const next = new Float64Array(mass.length);
  transition.forEach((row, from) => {
    row.forEach((probability, to) => {
      if (probability === 0) return;
      for (let point = 0; point < points; point += 1) {
        const index = to * points + point;
        next[index] = element(next, index) + probability * element(carried, from * points + point);
      }
    });
  });
  return next;
}
