import { table } from './table.ts';

/** An environment, as data. */
export interface EnvironmentDescription {
  readonly name: string;
  readonly summary: string;
  readonly observations: readonly string[];
  readonly actions:
    | { readonly kind: 'discrete'; readonly count: number }
    | { readonly kind: 'continuous'; readonly low: readonly number[]; readonly high: readonly number[] };
  readonly rewards: readonly string[];
  /** Null for never. */
  readonly timeLimit: number | null;
  readonly optimum: { readonly discount: number; readonly summary: string } | null;
  /** As JSON schema. */
  readonly settings?:
    | {
        readonly properties?: Readonly<
          Record<string, { readonly default?: unknown; readonly description?: string }>
        >;
      }
    | undefined;
  readonly findings: readonly { readonly code: string; readonly sentence: string }[];
}

/** What an environment is, and what was found in it. */
export function environmentText({
  name,
  summary,
  observations,
  actions,
  rewards,
  timeLimit,
  optimum,
  settings,
  findings,
}: EnvironmentDescription): string {
  const keys = Object.entries(settings?.properties ?? {}).filter(([key]) => key !== 'name');
  return [
    `${name}: ${summary}`,
    table(
      [
        ['observations', observations.join(', ')],
        ['actions', actionText(actions)],
        ['rewards', rewards.join(', ')],
        ['time limit', timeLimit === null ? 'none' : `${timeLimit} steps`],
        ...(optimum === null
          ? []
          : [['best', `${optimum.summary}, at a discount factor of ${optimum.discount}`]]),
      ],
      '  ',
    ),
    ...(keys.length === 0
      ? []
      : [
          'Settings',
          table(
            keys.map(([key, { default: value, description = '' }]) => [
              key,
              value === undefined ? '' : JSON.stringify(value),
              description,
            ]),
            '  ',
          ),
        ]),
    findings.length === 0
      ? 'It keeps to its contract, as far as was looked.'
      : `It breaks its contract:\n${findings.map(({ code, sentence }) => `  ${sentence} [${code}]`).join('\n')}`,
  ].join('\n');
}

function actionText(actions: EnvironmentDescription['actions']): string {
  if (actions.kind === 'discrete') return `one of ${actions.count}`;
  const bounds = actions.low.map((low, index) => {
    const high = actions.high[index] ?? Infinity;
    return Number.isFinite(low) ? `${low} to ${high}` : 'any number';
  });
  return bounds.join(', ');
}
