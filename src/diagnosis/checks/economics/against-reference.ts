import type { Check } from '../../check.ts';
import { defineCheck } from '../../check.ts';
import type { BewleyConfiguration } from '../../../models/bewley/index.ts';
import type { ReferenceSolution } from '../../../models/bewley/reference/index.ts';
import { hasHeavyTail, variationOf } from './heavy-tail.ts';
import type { LoggedRun } from '../../evidence/logged-run.ts';
import type { Found } from '../../finding.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { lateOf, levelOf } from '../../rules/windows.ts';
import { referenceOf } from './reference.ts';

/** Of the rows, the end at which a run is held against its solution. */
const END = 0.2;

/** Of the rows, a part before the end, from which one that is on its way has moved on. */
const MIDDLE = [0.4, 0.6] as const;

/** Of the distance of the middle that is left at the end where a run is on its way. */
const NEARER = 0.8;

/** Standard errors that a sample may be off by. */
const ERRORS = 3;

/** Share of the relative error of what is sampled that a metric has. */
interface Sampled {
  /** Of the mean of ability, to which labour is proportional. */
  readonly ability: number;
  /** Of the mean of wealth. */
  readonly wealth: number;
}

/** Standard error of a metric of all agents of a step, each an independent draw of the stationary law. */
function samplingError(
  { ability: ofAbility, wealth }: Sampled,
  { ability, batch }: BewleyConfiguration,
  solution: ReferenceSolution,
): number {
  const variation = Math.hypot(ofAbility * variationOf(ability), wealth * wealthVariation(solution));
  return variation / Math.sqrt(batch.worlds * batch.agents);
}

/** Deviation of wealth over its mean, in the solution. */
function wealthVariation(solution: ReferenceSolution): number {
  if (solution.method === 'steady-state') return 0;
  const { assets, mass } = solution.policies;
  const moment = (power: number): number =>
    mass.reduce(
      (sum, row) => row.reduce((total, share, point) => total + share * (assets[point] ?? 0) ** power, sum),
      0,
    );
  return Math.sqrt(Math.max(0, moment(2) / moment(1) ** 2 - 1));
}

type Text = Pick<Check, 'id' | 'title' | 'why' | 'advice' | 'faults' | 'laws' | 'experiment' | 'leadsTo'>;

interface Comparison extends Text {
  readonly metric: string;
  readonly limit: { readonly value: number; readonly meaning: string };
  readonly expected: (solution: ReferenceSolution) => number;
  /** How far a level is from what is expected, in the units of the limit. */
  readonly distance: (level: number, expected: number) => number;
  /** In the units of the limit; of what is no mean of what is sampled, nothing. */
  readonly sampled?: Sampled | ((configuration: BewleyConfiguration, solution: ReferenceSolution) => Sampled);
  /** How the logged value becomes what is compared. */
  readonly of?: (value: number, beta: number) => number;
}

/** A check that holds the end of a series against the reference solution of the economy in the log. */
export function againstReference({
  metric,
  limit,
  expected,
  distance,
  sampled = { ability: 0, wealth: 0 },
  of = (value) => value,
  ...text
}: Comparison): Check {
  return defineCheck({
    ...text,
    severity: 'sick',
    needs: { metric: [metric] },
    limits: { limit },
    judge: ({ run, series, limits }) => {
      const reference = referenceOf(run);
      if ('notChecked' in reference) return reference;
      const { solution, configuration } = reference;
      const early = notSteady(run, configuration, solution);
      if (early !== undefined) return { notChecked: early };
      const wanted = expected(solution);
      const shares = typeof sampled === 'function' ? sampled(configuration, solution) : sampled;
      const limit = Math.max(limits.limit, ERRORS * samplingError(shares, configuration, solution));
      return series.metric.flatMap((one): readonly Found[] => {
        const points = one.points.map((point) => ({
          ...point,
          value: of(point.value, configuration.preferences.beta),
        }));
        const isFar = (value: number): boolean => distance(value, wanted) > limit;
        const level = levelOf(lateOf(points, END));
        const stretch = isFar(level) ? stretchOf(points, isFar, { length: 3 }) : undefined;
        if (stretch === undefined) return [];
        // The last point of the middle, and of the end: a run that is on its way may need no more than time.
        const before = levelOf(
          points.slice(Math.floor(points.length * MIDDLE[0]), Math.ceil(points.length * MIDDLE[1])),
        );
        const isComing = distance(level, wanted) < NEARER * distance(before, wanted);
        return [
          {
            severity: isComing ? 'suspect' : 'sick',
            what: `${one.logged} ends at ${told(level)}, where the solution of this economy has ${told(wanted)}${isComing ? '; it is on its way there' : ''}`,
            ...onsetOf(stretch),
            evidence: shown(one, stretch.bad),
          },
        ];
      });
    },
  });
}

/** Times 1/(1 − ρ) after which a start by another law than the stationary one is forgotten. */
const FORGOTTEN = 5;

/** Wealth at the start, relative to the solution, from which worlds that begin again pull a mean. */
const PULLS = 0.5;

/** Why a run cannot be in the steady state that is solved for; undefined where it can. */
function notSteady(
  { lastStep }: LoggedRun,
  { ability, initial, redraw }: BewleyConfiguration,
  { capital }: ReferenceSolution,
): string | undefined {
  if (hasHeavyTail(ability) && ability.truncation === undefined)
    return 'needs ability without a heavy tail: its deviation is more than twice its mean, and no sample of agents holds it';
  const periods = FORGOTTEN / (1 - ability.rho);
  if (initial.ability.rule !== 'stationary' && lastStep < periods)
    return `needs ${Math.ceil(periods)} steps, after which a start by the rule ${initial.ability.rule} is forgotten`;
  const start = initial.wealth.mean;
  const isPulled = redraw.share > 0 && Math.abs(Math.log(start / capital)) > Math.log(1 + PULLS);
  return isPulled && lastStep < PERIODS_OF_REDRAWS / redraw.share
    ? `needs worlds that begin near the solution: ${told(redraw.share)} of them begin again each step, with wealth ${told(start)} where it has ${told(capital)}`
    : undefined;
}

/** Lives of a world, 1/share steps each, after which so few are drawn afresh that they no longer pull. */
const PERIODS_OF_REDRAWS = 100;
