import type { Stream } from '../../../numerics/stream.ts';
import type { BewleyExogenous } from '../ability-process.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { BewleyKit } from '../kit.ts';
import type { CrossSection } from './cross-section.ts';
import { normalStrata } from './normal-strata.ts';

/** Who stops being a star: nobody, or the star of this rank in each world that has so many. */
export interface StarEvent {
  /** Worlds, by number, that can have it. */
  readonly worlds: readonly number[];
  /** The agent in each of those worlds who stops; undefined where nobody does. */
  readonly leaving: readonly (number | undefined)[];
  /** Its probability in each of those worlds, over that of all events that are looked at. */
  readonly probability: readonly number[];
}

/**
 * Events of stars between two periods. What is looked at: all stars stay, or one of them stops. Left out are those of
 * `probabilityLeftOut`: that a normal agent becomes a star, p an agent, which no sample would meet (p is 2.2e-6 where it
 * is not 0), and that two stars of a world stop at once. An agent that becomes a star consumes more, so that leaving it
 * out of that agent's own expectation changes it by less than p.
 */
export function starEvents(
  { ability }: BewleyConfiguration,
  { exogenous: { star }, worlds, agents }: CrossSection,
): { readonly events: readonly StarEvent[]; readonly probabilityLeftOut: number } {
  const { become, stay } = ability.star;
  const stars = Array.from({ length: worlds }, (_, world) =>
    Array.from({ length: agents }, (__, agent) => agent).filter(
      (agent) => star[world * agents + agent] === 1,
    ),
  );
  const none = stars.map(({ length }) => stay ** length);
  const one = stars.map(({ length }) => (length === 0 ? 0 : (1 - stay) * stay ** (length - 1)));
  const all = stars.map(({ length }, world) => (none[world] ?? 0) + length * (one[world] ?? 0));
  const probability = (of: readonly number[], world: number): number => (of[world] ?? 0) / (all[world] ?? 1);
  const everyWorld = stars.map((_, world) => world);
  const most = Math.max(0, ...stars.map(({ length }) => length));
  const stopping = Array.from({ length: most }, (_, rank): StarEvent => {
    const chosen = everyWorld.filter((world) => (stars[world]?.length ?? 0) > rank);
    return {
      worlds: chosen,
      leaving: chosen.map((world) => stars[world]?.[rank]),
      probability: chosen.map((world) => probability(one, world)),
    };
  });
  const staying: StarEvent = {
    worlds: everyWorld,
    leaving: everyWorld.map(() => undefined),
    probability: everyWorld.map((world) => probability(none, world)),
  };
  const covered = all.map((share, world) => share * (1 - become) ** (agents - (stars[world]?.length ?? 0)));
  return { events: [staying, ...stopping], probabilityLeftOut: 1 - Math.min(1, ...covered) };
}

/**
 * M joint draws of the next period under an event, of equal weight. Each normal agent meets each of M points of its own
 * shock once, in an order of its own: its own risk is integrated, not sampled, and what others bring upon it is sampled
 * with the part that adds up over agents taken out (a Latin hypercube; McKay, Beckman and Conover 1979).
 */
export function jointDraws(
  { kit, configuration }: { readonly kit: BewleyKit; readonly configuration: BewleyConfiguration },
  { exogenous, agents, worlds }: CrossSection,
  leaving: readonly (number | undefined)[],
  draws: number,
  stream: Stream,
): readonly BewleyExogenous[] {
  const { ability, complete } = configuration;
  if (complete) return [exogenous];
  const strata = normalStrata(draws);
  const count = worlds * agents;
  const made = Array.from({ length: draws }, () => ({
    ability: new Float32Array(count),
    star: new Uint8Array(count),
  }));
  const order = stream.split('order');
  for (let index = 0; index < count; index += 1) {
    const level = exogenous.ability[index] ?? Number.NaN;
    const wasStar = exogenous.star[index] === 1;
    const isLeaving = wasStar && leaving[Math.floor(index / agents)] === index % agents;
    const own = shuffled(draws, order);
    made.forEach((draw, number) => {
      const shock = strata[own[number] ?? 0] ?? Number.NaN;
      const fresh = (): Stream => startingWith(shock, stream.split(index).split(number));
      draw.star[index] = wasStar && !isLeaving ? 1 : 0;
      draw.ability[index] = isLeaving
        ? kit.abilityAfterStar(kit, ability, level, fresh())
        : wasStar
          ? kit.starLevel(ability, level)
          : kit.nextNormalAbility(kit, ability, level, shock);
    });
  }
  return made;
}

/** The numbers 0 … n − 1 in a random order (Fisher and Yates). */
function shuffled(count: number, stream: Stream): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(stream.uniform() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** A stream whose first normal number is given, so that a fresh ability goes through the points of its law as shocks do. */
function startingWith(first: number, stream: Stream): Stream {
  let isFirst = true;
  return {
    ...stream,
    normal: () => {
      if (!isFirst) return stream.normal();
      isFirst = false;
      return first;
    },
  };
}
