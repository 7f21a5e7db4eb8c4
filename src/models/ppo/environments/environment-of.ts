import type { Environment } from '../environment.ts';
import { brockMirman } from './brock-mirman.ts';
import { cakeEating } from './cake-eating.ts';
import { cartPole } from './cart-pole.ts';
import { durotaxis } from './durotaxis/durotaxis.ts';
import type { DurotaxisKit } from './durotaxis/kit.ts';
import { linearQuadratic } from './linear-quadratic.ts';
import { probe } from './probes.ts';
import type { EnvironmentSettings } from './settings.ts';

/** The part of a kit that environments are made of. */
export interface EnvironmentKit {
  readonly durotaxis: DurotaxisKit;
}

/**
 * The environment of these settings. Its optimum, where one is known, is that at the discount factor.
 *
 * @throws InputError `environment-discount` or `environment-optimum` where an optimum does not exist or is out of reach.
 * @throws InputError `riccati-diverges` for a linear system that cannot be stabilised.
 */
export function environmentOf(
  kit: EnvironmentKit,
  settings: EnvironmentSettings,
  discount: number,
): Environment {
  switch (settings.name) {
    case 'linear-quadratic':
      return linearQuadratic(settings, discount);
    case 'brock-mirman':
      return brockMirman(settings, discount);
    case 'cake-eating':
      return cakeEating(settings, discount);
    case 'cart-pole':
      return cartPole(settings);
    case 'durotaxis':
      return durotaxis(kit.durotaxis, settings);
    default:
      return probe(settings.name, discount);
  }
}
