import type { BewleyConfiguration } from '../configuration.ts';
import { meanAbility } from '../ability.ts';
import { oneTypeSteadyState } from '../reference/steady-state.ts';

/**
 * Raw outputs [s, h, n] of the policy to begin with: what agents do in the steady state of an economy in which all have
 * the mean ability for ever, and h = 1. From a policy that saves half of its money, capital would be gone in ten periods,
 * and training would begin in an economy that is dead.
 *
 * @throws InputError `no-equilibrium`
 */
export function initialOutputs(configuration: BewleyConfiguration): readonly [number, number, number] {
  const { assets, consumption, labor } = oneTypeSteadyState(
    configuration,
    meanAbility(configuration.ability),
  ).agent;
  const { minimum, maximum } = configuration.network.labor;
  const spent = (1 + configuration.taxes.consumption) * consumption;
  const hours = (labor - minimum) / (maximum - minimum);
  return [logit(assets / (assets + spent)), Math.log(Math.E - 1), logit(hours)];
}

/** The most that is begun with: there the slope of the logistic function is a twentieth. */
const LARGEST_SHARE = 0.95;

function logit(share: number): number {
  const inside = Math.min(Math.max(share, 1 - LARGEST_SHARE), LARGEST_SHARE);
  return Math.log(inside / (1 - inside));
}
