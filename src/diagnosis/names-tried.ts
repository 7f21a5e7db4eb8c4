import { METRICS } from '../runs/index.ts';

/** So many names tell a reader what is looked for. */
const SHOWN = 4;

/** What metrics are called in logs of a format, as far as a line holds: for a reader who has them under another name. */
export function namesTried(metrics: readonly string[], format: string): string {
  const names = metrics.flatMap((name) =>
    METRICS.filter((metric) => metric.name === name).flatMap(({ aliases }) =>
      aliases.flatMap((alias) => {
        if (typeof alias === 'string') return alias;
        return alias.format === undefined || alias.format === format ? alias.name : [];
      }),
    ),
  );
  return `${names.slice(0, SHOWN).join(', ')}${names.length > SHOWN ? ', …' : ''}`;
}
