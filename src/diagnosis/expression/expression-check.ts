import type { Check } from '../check.ts';
import { defineCheck } from '../check.ts';
import type { Severity } from '../finding.ts';
import { alignedAt, behindStart } from '../rules/windows.ts';
import { onsetOf, stretchOf } from '../rules/stretch.ts';
import { shown } from '../rules/shown.ts';
import { parseExpression } from './parse-expression.ts';

/** A check of a user's own, as a checklist states it. */
export interface ExpressionCheck {
  readonly title: string;
  /** In mathjs: true at the steps at which something is wrong. */
  readonly wrong: string;
  /** Rows, one behind the other, at which it must be true. */
  readonly for: number;
  /** Share of the run, from its beginning, that is not looked at. */
  readonly behind: number;
  readonly severity: Severity;
  readonly advice: string;
  readonly laws: readonly string[];
}

/**
 * Makes a check of an expression over metrics: `labour < 0.1 and capital_labour < first(capital_labour) / 10`. Rows at which
 * all metrics have a value are judged.
 *
 * @throws InputError `expression-invalid`
 */
export function expressionCheck(id: string, about: ExpressionCheck): Check {
  const { metrics, compile } = parseExpression(about.wrong, id);
  return defineCheck({
    id,
    title: about.title,
    severity: about.severity,
    needs: Object.fromEntries(metrics.map((metric) => [metric, [metric]])),
    limits: {},
    why: `A check of the checklist: ${about.wrong}, at ${about.for} rows in succession.`,
    advice: about.advice,
    faults: [],
    laws: about.laws,
    judge: ({ series }) => {
      const chosen = metrics.flatMap((metric) => series[metric]?.slice(0, 1) ?? []);
      const rows = alignedAt(chosen);
      if (rows.length < about.for)
        return {
          notChecked: `needs ${about.for} rows with all of ${metrics.join(', ')}, of which the log has ${rows.length}`,
        };
      const isWrong = compile(chosen);
      const wrong = rows.flatMap(({ points }) => {
        const [first] = points;
        if (first === undefined) return [];
        return { ...first, value: isWrong(points.map(({ value }) => value)) ? 1 : 0 };
      });
      const stretch = stretchOf(behindStart(wrong, about.behind), (value) => value === 1, {
        length: about.for,
      });
      if (stretch === undefined) return [];
      const steps = new Set(stretch.bad.map(({ step }) => step));
      return [
        {
          what: `${about.wrong} at ${stretch.bad.length} rows from step ${stretch.bad[0].step} on`,
          ...onsetOf(stretch),
          evidence: chosen.flatMap((one) =>
            shown(
              one,
              one.points.filter(({ step }) => steps.has(step)),
            ),
          ),
        },
      ];
    },
  });
}
