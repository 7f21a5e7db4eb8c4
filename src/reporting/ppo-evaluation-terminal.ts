import { minus } from './minus.ts';
import { table } from './table.ts';

interface EpisodeMean {
  readonly mean: number;
  readonly deviation: number;
  readonly interval: readonly [low: number, high: number];
}

interface Played {
  readonly return: EpisodeMean;
  readonly discountedReturn: EpisodeMean;
  readonly length: EpisodeMean;
  readonly terminated: number;
  readonly components: Readonly<Record<string, number>>;
}

/** How good an agent is, as data. */
export interface PpoEvaluationData {
  readonly episodes: number;
  readonly sampled: Played;
  readonly greedy: Played;
  readonly optimum?: {
    readonly summary: string;
    readonly best: Played;
    readonly discountedReturnGap: number;
    readonly discountedReturnGapShare?: number;
    readonly action: {
      readonly meanError?: number;
      readonly largestError?: number;
      readonly shareOther?: number;
    };
    readonly value?: { readonly meanError: number; readonly meanSize: number };
  };
}

/** What an agent earned, component by component, and how far it is from the best one where that is known. */
export function ppoEvaluationTerminal({ episodes, sampled, greedy, optimum }: PpoEvaluationData): string {
  const players = [
    { name: 'actions drawn', played: sampled },
    { name: 'without noise', played: greedy },
    ...(optimum === undefined ? [] : [{ name: 'the best actions', played: optimum.best }]),
  ];
  const components = Object.keys(sampled.components);
  const several = components.length > 1;
  return [
    `Of ${episodes} episodes that training has not seen, all from the same beginnings`,
    table(
      [
        ['', 'return', '95 % interval', 'discounted', 'steps', 'task ended', ...(several ? components : [])],
        ...players.map(({ name, played }) => [
          name,
          number(played.return.mean),
          played.return.interval.map(number).join(' to '),
          number(played.discountedReturn.mean),
          number(played.length.mean),
          `${(100 * played.terminated).toFixed(0)} %`,
          ...(several ? components.map((component) => number(played.components[component] ?? NaN)) : []),
        ]),
      ],
      '  ',
    ),
    ...(optimum === undefined ? [] : ['', distanceText(optimum)]),
  ].join('\n');
}

function distanceText({
  summary,
  discountedReturnGap,
  discountedReturnGapShare,
  action,
  value,
}: NonNullable<PpoEvaluationData['optimum']>): string {
  const { meanError, largestError, shareOther } = action;
  const share =
    discountedReturnGapShare === undefined ? '' : `, ${number(100 * discountedReturnGapShare)} % of it`;
  const actions =
    shareOther === undefined
      ? `actions ${(meanError ?? NaN).toPrecision(3)} away on average, ${(largestError ?? NaN).toPrecision(3)} at most`
      : `another action in ${(100 * shareOther).toFixed(1)} % of the states`;
  return [
    `Best: ${summary}`,
    `  ${actions}; discounted return, with what is still to come, ${number(discountedReturnGap)} below the best${share}`,
    ...(value === undefined
      ? []
      : [
          `  the critic is ${value.meanError.toPrecision(3)} away from the value of the best policy, which is ${value.meanSize.toPrecision(3)} in size`,
        ]),
  ].join('\n');
}

/** Four digits, with a true minus sign. */
function number(value: number): string {
  const text = Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4);
  return minus(text);
}
