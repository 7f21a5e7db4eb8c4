import { defineCheck } from '../../check.ts';
import { numberSetting, setting } from '../../evidence/logged-run.ts';
import { tooFew } from '../../rules/too-few.ts';
import { shown, told } from '../../rules/shown.ts';
import { behindStart, levelOf } from '../../rules/windows.ts';

/** Of the run: residuals that are far from 0 have one sign in both draws. */
const START = 0.3;

/** Deviation of log ability in a period below which residuals of two draws hardly differ. */
const LEAST_RISK = 0.05;

export const eulerProduct = defineCheck({
  id: 'economics/euler-product',
  title: 'the product of two Euler residuals is never negative: both are from one draw',
  severity: 'suspect',
  needs: { product: ['residual-euler'] },
  limits: {
    rows: { value: 60, meaning: 'rows without one below 0' },
    stands: { value: 0.75, meaning: 'of the level of the first half of these rows that the second half has' },
    fallen: {
      value: 0.5,
      meaning: 'of its first value, to which it has fallen: residuals are then as large as their noise',
    },
  },
  why: 'The all-in-one operator multiplies the residuals of two independent draws: near a solution the product is negative about half of the time. One that never is is a square, which is biased: at an exact solution with risk it is not 0.',
  advice:
    'Draw the two branches independently from the same state, and multiply; do not take the mean of squares.',
  faults: ['bewley/square-of-one-draw', 'bewley/branches-equal'],
  laws: ['bewley/all-in-one', 'bewley/ability-branches'],
  leadsTo: ['economics/capital-labour', 'economics/discounted-return', 'economics/euler-ratio'],
  judge: ({ run, series, limits }) => {
    const product = series.product[0];
    if (product === undefined) return [];
    const few = tooFew(product, limits.rows);
    if (few !== undefined) return few;
    const [first] = product.points;
    const sigma = numberSetting(run, 'ability.sigma');
    if (setting(run, 'complete') === true || (sigma !== undefined && sigma < LEAST_RISK))
      return { notChecked: 'needs an economy with risk: without it two draws are equal' };
    const late = behindStart(product.points, START).filter(
      ({ value }) => Math.abs(value) < limits.fallen * Math.abs(first?.value ?? 0),
    );
    if (late.length < limits.rows)
      return {
        notChecked: `needs ${limits.rows} rows in which ${product.logged} has fallen to ${told(limits.fallen)} of its first value, of which the log has ${late.length}`,
      };
    if (late.some(({ value }) => value < 0)) return [];
    // A residual that both draws have in common goes on falling; a square comes to stand at the variance of one draw.
    const [middle, end] = [
      late.slice(0, Math.ceil(late.length / 2)),
      late.slice(Math.floor(late.length / 2)),
    ];
    if (levelOf(end) < limits.stands * levelOf(middle))
      return {
        notChecked: `needs ${product.logged} to have come to a stand; it falls from ${told(levelOf(middle))} to ${told(levelOf(end))}`,
      };
    return [
      {
        what: `${product.logged} is above 0 in all ${late.length} late rows, down to ${told(Math.min(...late.map(({ value }) => value)))}`,
        onset: { by: product.points[0]?.step ?? 0 },
        evidence: shown(product, late),
      },
    ];
  },
});
