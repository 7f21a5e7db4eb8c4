import type { Stream } from '../../numerics/stream.ts';
import type { BewleyAbilityKit } from './ability-kit.ts';
import { logAbilityDeviation } from './ability.ts';
import type { BewleyAbility, BewleyConfiguration } from './configuration.ts';

/*
 * What happens to agents from outside: their ability and whether they are stars. Numbers of the host, which carry no
 * gradient; computed in double precision and kept in single precision, N = B·A agents row-major.
 */

/** Ability and the superstar flag of every agent, (N) each; never written to once made. */
export interface BewleyExogenous {
  readonly ability: Float32Array;
  /** 1 for a star, 0 for a normal agent. */
  readonly star: Uint8Array;
}

/** What the process of ability is told. */
export type BewleyProcess = Pick<BewleyConfiguration, 'ability' | 'complete'>;

/** Bounds of normal ability, ē·exp(±k·s): centred on the median in logs. */
export interface AbilityBounds {
  readonly lowest: number;
  readonly highest: number;
}

/** The bounds of a process that is truncated at k stationary standard deviations; undefined where it is not. */
export function abilityBounds(ability: BewleyAbility): AbilityBounds | undefined {
  const { median, truncation } = ability;
  if (truncation === undefined) return undefined;
  const reach = Math.exp(truncation * logAbilityDeviation(ability));
  return { lowest: median / reach, highest: median * reach };
}

/**
 * Normal ability within its bounds. What lies beyond is put on the bound and not drawn again, as the end nodes of the
 * reference solution do; at k = 2 less than 4.6 % of agents are on a bound.
 */
export function truncateAbility(ability: BewleyAbility, level: number): number {
  const bounds = abilityBounds(ability);
  return bounds === undefined ? level : Math.min(Math.max(level, bounds.lowest), bounds.highest);
}

/** Next normal ability, log e′ = (1−ρ) log ē + ρ log e + σ_e ε, truncated where the process is. */
export function nextNormalAbility(
  kit: BewleyAbilityKit,
  ability: BewleyAbility,
  level: number,
  shock: number,
): number {
  const { rho, sigma, median } = ability;
  const log = (1 - rho) * Math.log(median) + rho * Math.log(level) + sigma * shock;
  return kit.truncateAbility(ability, Math.exp(log));
}

/** Whether an agent is a star next period: with probability q if it is one now, else with p; `uniform` is on [0, 1). */
export function nextStar(
  { star: { become, stay } }: BewleyAbility,
  isStar: boolean,
  uniform: number,
): boolean {
  return uniform < (isStar ? stay : become);
}

/** What is left of the distance between the start of a truncated process and its stationary law. */
const LEFT_OF_START = 1e-3;

/**
 * Normal ability drawn from its stationary law, ē·exp(s·ε).
 *
 * A truncated process has no closed stationary law: it is stepped on from the truncated lognormal. Each step takes two
 * paths with the same shocks closer together, by ρ in logs, so that after ln(1e-3)/ln ρ steps the law is a thousand
 * times closer to the stationary one than at first, in Wasserstein distance: 30 µs an agent at ρ = 0.98.
 */
export function drawStationaryAbility(kit: BewleyAbilityKit, ability: BewleyAbility, stream: Stream): number {
  const log = logAbilityDeviation(ability) * stream.normal();
  let level = kit.truncateAbility(ability, ability.median * Math.exp(log));
  if (ability.truncation === undefined || ability.rho === 0) return level;
  const steps = Math.ceil(Math.log(LEFT_OF_START) / Math.log(ability.rho));
  for (let step = 0; step < steps; step += 1)
    level = kit.nextNormalAbility(kit, ability, level, stream.normal());
  return level;
}

/**
 * Ability and stars of the next period. Where ability is `complete`, those of this one.
 *
 * Every agent takes one uniform and one normal number from the stream, whatever its state is, so that one stream asked
 * about two states gives the same luck to both. A star that falls draws from the stationary law, from a stream of its own.
 */
export function nextExogenous(
  kit: BewleyAbilityKit,
  { ability, complete }: BewleyProcess,
  state: BewleyExogenous,
  stream: Stream,
): BewleyExogenous {
  if (complete) return state;
  const count = state.ability.length;
  const next = { ability: new Float32Array(count), star: new Uint8Array(count) };
  for (let agent = 0; agent < count; agent += 1) {
    const level = state.ability[agent] ?? Number.NaN;
    const wasStar = state.star[agent] === 1;
    const isStar = kit.nextStar(ability, wasStar, stream.uniform());
    const shock = stream.normal();
    next.star[agent] = isStar ? 1 : 0;
    if (isStar) next.ability[agent] = kit.starLevel(ability, level);
    else if (wasStar) next.ability[agent] = kit.abilityAfterStar(kit, ability, level, stream.split(agent));
    else next.ability[agent] = kit.nextNormalAbility(kit, ability, level, shock);
  }
  return next;
}

/** Ability of an agent who was a star with ability `_level` and is none any more: a fresh draw. */
export function abilityAfterStar(
  kit: BewleyAbilityKit,
  ability: BewleyAbility,
  _level: number,
  stream: Stream,
): number {
  return kit.drawStationaryAbility(kit, ability, stream);
}
