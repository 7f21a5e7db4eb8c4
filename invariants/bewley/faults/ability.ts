import { BOUNDED_START, logAbilityDeviation } from '../../../src/models/bewley/index.ts';
import type { BewleyBranches, BewleyExogenous } from '../../../src/models/bewley/index.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inBewley } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in the exogenous side of the Bewley economy; they touch no tensor. */
export const abilityFaults: readonly Fault<Kit>[] = [
  {
    id: 'bewley/branch-flags-diverge',
    summary:
      'the flags of each branch go on from what they were in that branch, not from the committed state',
    sign: 'stars stay stars with a probability of 0.53 where 0.99 is declared',
    killedBy: ['bewley/star-chain'],
    engines: 'host',
    inject: inBewley((kit) =>
      withPasts((own, committed) => ({ ability: committed.ability, star: own.star }))(kit),
    ),
  },
  {
    id: 'bewley/branch-histories-diverge',
    summary: 'each branch goes on from its own past, ability and flag, and not from the committed state',
    sign: '',
    killedBy: ['bewley/ability-innovations', 'bewley/star-chain'],
    engines: 'host',
    inject: inBewley((kit) => withPasts((own) => own)(kit)),
  },
  {
    id: 'bewley/branches-equal',
    summary: 'both branches of a period use one draw',
    sign: 'the Euler part of the loss is never negative',
    killedBy: ['bewley/ability-branches', 'bewley/ability-innovations', 'bewley/star-chain'],
    engines: 'host',
    inject: inBewley((ability) => ({
      drawBranches: (kit, process, state, stream) => {
        const { a } = ability.drawBranches(kit, process, state, stream);
        return { a, b: a };
      },
    })),
  },
  {
    id: 'bewley/branches-mixed',
    summary: 'ability is committed from the chosen branch, and the flag from the other',
    sign: '',
    killedBy: ['bewley/ability-branches'],
    engines: 'host',
    inject: inBewley(() => ({
      commitExogenous: (branches, chosen) => ({
        ability: branches[chosen].ability,
        star: branches[chosen === 'a' ? 'b' : 'a'].star,
      }),
    })),
  },
  {
    id: 'bewley/complete-has-risk',
    summary: 'ability moves although it is declared complete',
    sign: '',
    killedBy: ['bewley/ability-branches'],
    engines: 'host',
    inject: inBewley((ability) => ({
      nextExogenous: (kit, process, state, stream) =>
        ability.nextExogenous(kit, { ...process, complete: false }, state, stream),
    })),
  },
  {
    id: 'bewley/star-compounds',
    summary: 'the multiplier is applied to the current level in each period that an agent is a star',
    sign: 'the largest ability explodes',
    killedBy: ['bewley/star-level'],
    engines: 'host',
    inject: inBewley(() => ({ starLevel: ({ star }, level) => star.multiplier * level })),
  },
  {
    id: 'bewley/star-of-median',
    summary: 'the multiplier is applied to the median of normal ability, not to its mean',
    sign: '',
    killedBy: ['bewley/star-level'],
    engines: 'host',
    inject: inBewley(() => ({ starLevel: ({ star, median }) => star.multiplier * median })),
  },
  {
    id: 'bewley/star-decays',
    summary: 'a star that falls goes on from its star level by the normal law',
    sign: '',
    killedBy: ['bewley/star-leaving'],
    engines: 'host',
    inject: inBewley(() => ({
      abilityAfterStar: (kit, ability, level, stream) =>
        kit.nextNormalAbility(kit, ability, level, stream.normal()),
    })),
  },
  {
    id: 'bewley/ability-innovation-scale',
    summary: 'σ_e is taken for the stationary deviation, so that shocks are multiplied by √(1−ρ²)',
    sign: '',
    killedBy: ['bewley/ability-transition', 'bewley/ability-innovations'],
    engines: 'host',
    inject: inBewley((ability) => ({
      nextNormalAbility: (kit, process, level, shock) =>
        ability.nextNormalAbility(kit, process, level, shock * Math.sqrt(1 - process.rho ** 2)),
    })),
  },
  {
    id: 'bewley/ability-median-as-mean',
    summary: 'ē is taken for the mean of ability, so that log ability returns to log ē − s²/2',
    sign: '',
    killedBy: ['bewley/ability-transition'],
    engines: 'host',
    inject: inBewley((ability) => ({
      nextNormalAbility: (kit, process, level, shock) =>
        ability.nextNormalAbility(
          kit,
          { ...process, median: process.median * Math.exp(-(logAbilityDeviation(process) ** 2) / 2) },
          level,
          shock,
        ),
    })),
  },
  {
    id: 'bewley/ability-bounds',
    summary: 'the bounds of ability are centred on 1 and not on its median',
    sign: '22 % of agents at the maximum',
    killedBy: ['bewley/ability-bounds', 'bewley/ability-long-run'],
    engines: 'host',
    inject: inBewley((ability) => ({
      truncateAbility: (process, level) => ability.truncateAbility({ ...process, median: 1 }, level),
    })),
  },
  {
    id: 'bewley/ability-init-drifts',
    summary:
      'where a stationary start is declared, agents start from a bounded law of mean 1, and are believed to stay there',
    sign: 'mean ability starts at 1 and rises to 7.6',
    repair: true,
    killedBy: ['bewley/ability-stationary'],
    engines: 'host',
    inject: inBewley((ability) => ({
      initialExogenous: (kit, process, _initial, count, stream) =>
        ability.initialExogenous(kit, process, { rule: 'bounded-lognormal' }, count, stream),
    })),
  },
  {
    id: 'bewley/ability-start-bounds',
    summary: 'ability is held for ever within the bounds that were declared of the start alone',
    sign: 'ability at 3 for most agents',
    repair: true,
    killedBy: ['bewley/ability-forgetting'],
    engines: 'host',
    inject: inBewley((ability) => ({
      nextNormalAbility: (kit, process, level, shock) =>
        Math.min(
          Math.max(ability.nextNormalAbility(kit, process, level, shock), BOUNDED_START.lowest),
          BOUNDED_START.highest,
        ),
    })),
  },
  {
    id: 'bewley/ability-truncated-at-start',
    summary: 'the truncation of ability is applied to the start alone',
    sign: '',
    repair: true,
    killedBy: ['bewley/ability-bounds'],
    engines: 'host',
    inject: inBewley((ability) => ({
      nextExogenous: (kit, process, state, stream) =>
        ability.nextExogenous(
          kit,
          { ...process, ability: { ...process.ability, truncation: undefined } },
          state,
          stream,
        ),
    })),
  },
  {
    id: 'bewley/initial-ability-median',
    summary: 'the start of ability has its declared mean as its median',
    sign: '',
    killedBy: ['bewley/initial-ability'],
    engines: 'host',
    inject: inBewley((ability) => ({
      initialExogenous: (kit, process, initial, count, stream) => {
        const start = ability.initialExogenous(kit, process, initial, count, stream);
        const rise = initial.rule === 'bounded-lognormal' ? Math.hypot(1, BOUNDED_START.variation) : 1;
        return { ...start, ability: start.ability.map((level) => level * rise) };
      },
    })),
  },
  {
    id: 'bewley/initial-wealth-median',
    summary: 'the start of wealth has its declared mean as its median',
    sign: 'capital at the start above the declared one',
    killedBy: ['bewley/initial-wealth'],
    engines: 'host',
    inject: inBewley((ability) => ({
      initialWealth: (initial, count, stream) => {
        const rise = initial.rule === 'lognormal' ? Math.hypot(1, initial.variation) : 1;
        return ability.initialWealth(initial, count, stream).map((own) => own * rise);
      },
    })),
  },
];

/** Branches that each start from what `pastOf` makes of their own last period, once there is one. */
function withPasts(
  pastOf: (own: BewleyExogenous, committed: BewleyExogenous) => BewleyExogenous,
): (ability: Kit['bewley']) => Partial<Kit['bewley']> {
  const pasts = new WeakMap<BewleyExogenous, BewleyBranches>();
  return (ability) => ({
    commitExogenous: (branches, chosen) => {
      const committed = ability.commitExogenous(branches, chosen);
      pasts.set(committed, branches);
      return committed;
    },
    drawBranches: (kit, process, state, stream) => {
      const past = pasts.get(state) ?? { a: state, b: state };
      return {
        a: ability.drawBranches(kit, process, pastOf(past.a, state), stream).a,
        b: ability.drawBranches(kit, process, pastOf(past.b, state), stream).b,
      };
    },
  });
}
