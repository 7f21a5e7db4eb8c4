import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bewleyEulerFigure,
  bewleyPolicyFigure,
  bewleyTrainingFigure,
  bewleyWealthFigure,
  png,
  writeBewleyFigures,
} from '../../../src/reporting/figures/index.ts';
import { bewleyFigureData, bewleyLog } from './bewley-example.ts';
import { curvesOf, panelsOf, textsOf, verticesOf } from './example.ts';

const { policies, wealth, euler, quantities } = bewleyFigureData();

describe('bewleyPolicyFigure', () => {
  const svg = bewleyPolicyFigure(policies.curves);
  const panels = panelsOf(svg);

  it('has a row a choice and a column an ability, solid network under dashed reference', () => {
    expect(panels).toHaveLength(12);
    for (const panel of panels) expect(curvesOf(panel).map(({ dash }) => dash)).toEqual([undefined, '5,3.2']);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'ability e = 0.600 (10 % quantile)',
        'ability e = 1.40 (90 % quantile)',
        'consumption c',
        'labour n',
        'savings ratio s',
        'return h',
      ]),
    );
  });

  it('has one scale a row, numbers in the first column, and labels of wealth where its scale ends', () => {
    const numbered = panels.map((panel) => textsOf(panel).includes('1.5'));
    expect(numbered.slice(0, 3)).toEqual([true, false, false]);
    expect(panels.map((panel) => textsOf(panel).includes('own wealth a'))).toEqual(
      panels.map((_, index) => Math.floor(index / 3) === 2),
    );
  });

  it('shows h near the borrowing limit, and draws nothing beyond the panel', () => {
    const [h] = curvesOf(panels[9] ?? '');
    const xs = verticesOf(h?.d ?? '').map(([x]) => x);
    // The limit binds up to 0.3 of 30: a linear axis to 30 would have it in a hundredth of the panel.
    const bends = verticesOf(h?.d ?? '').filter(([, y]) => y > (verticesOf(h?.d ?? '').at(-1)?.[1] ?? 0) + 1);
    expect(Math.max(...bends.map(([x]) => x)) / Math.max(...xs)).toBeGreaterThan(0.2);
    expect(Math.max(...xs)).toBeLessThan(160);
    expect(textsOf(panels[9] ?? '')).toContain('own wealth a, near 0');
  });

  it('is without dashes where there is no reference', () => {
    const alone = bewleyPolicyFigure(bewleyFigureData(false).policies.curves);
    expect(panelsOf(alone).flatMap(curvesOf)).toHaveLength(12);
    expect(textsOf(alone)).not.toContain('reference');
  });
});

describe('bewleyWealthFigure', () => {
  it('has the cumulative distribution above and the Lorenz curves with the diagonal below', () => {
    const svg = bewleyWealthFigure(wealth, quantities.shareConstrained);
    const [distribution = '', lorenz = ''] = panelsOf(svg);
    expect(curvesOf(distribution)).toHaveLength(2);
    expect(curvesOf(lorenz)).toHaveLength(3);
    const [equality, simulated] = curvesOf(lorenz).map(({ d }) => verticesOf(d));
    // Nobody is above the diagonal.
    expect(equality?.at(0)?.[1]).toBeCloseTo(170, 3);
    simulated?.forEach(([x, y]) => {
      expect(170 - y).toBeLessThanOrEqual((170 * x) / 535 + 0.01);
    });
    expect(textsOf(svg)).toContain('save less than 1 % of their money: 6.0 % (reference 5.9 %)');
  });
});

describe('bewleyEulerFigure', () => {
  const svg = bewleyEulerFigure(euler);
  const [cumulative = '', byWealth = ''] = panelsOf(svg);

  it('has cumulative shares with 0.01 marked, and says when there is no error to tell', () => {
    expect(curvesOf(cumulative)).toHaveLength(2);
    expect(textsOf(svg)).toContain('99 % below 0.0079 (ergodic), none (held-out)');
    expect(textsOf(svg)).toContain('constrained agents left out: 5.0 %, 5.0 %');
    expect(cumulative).toContain('aria-label="rule"');
  });

  it('has mean and 90th percentile by wealth, with gaps where there is none', () => {
    expect(curvesOf(byWealth)).toHaveLength(5);
    const [, percentile, mean] = curvesOf(byWealth).map(({ d }) => verticesOf(d));
    expect(mean?.[0]?.[0]).toBe(0);
    expect(percentile?.[0]?.[0]).toBeGreaterThan(0);
  });
});

describe('bewleyTrainingFigure', () => {
  const reference = { capitalLabor: 6.5, labor: 0.93, savingsRatio: 0.8 };

  it('has the losses on a logarithmic axis, and the economy with its reference below', () => {
    const svg = bewleyTrainingFigure(bewleyLog(90), reference);
    const [loss = '', ...states] = panelsOf(svg);
    expect(curvesOf(loss)).toHaveLength(3);
    expect(textsOf(svg)).toContain('9 values not above 0: gaps');
    expect(states).toHaveLength(3);
    for (const state of states) {
      const [run, expected] = curvesOf(state);
      expect(run?.dash).toBeUndefined();
      expect(expected?.dash).toBe('5,3.2');
    }
    // 5.6 over 7 is the reference.
    const [run, expected] = curvesOf(states[2] ?? '').map(({ d }) => verticesOf(d));
    expect(run?.[0]?.[1]).toBeCloseTo(expected?.[0]?.[1] ?? Number.NaN, 3);
    const [rising, level] = curvesOf(states[0] ?? '').map(({ d }) => verticesOf(d));
    expect(rising?.[0]?.[1]).toBeGreaterThan(level?.[0]?.[1] ?? Number.NaN);
    expect(rising?.at(-1)?.[1]).toBeLessThan(level?.at(-1)?.[1] ?? Number.NaN);
  });

  it('draws what there is: no reference, an empty log, rows without a metric', () => {
    expect(panelsOf(bewleyTrainingFigure(bewleyLog(9))).flatMap(curvesOf)).toHaveLength(6);
    const empty = bewleyTrainingFigure([], reference);
    expect(textsOf(empty)).toContain('no step has been logged');
    expect(() => png(empty, { width: 50 })).not.toThrow();
    const without = bewleyTrainingFigure([{ step: 0 }, { step: 1 }]);
    expect(textsOf(without).filter((text) => text === 'not logged')).toHaveLength(3);
    expect(without).not.toMatch(/="[^"]*NaN/u);
  });
});

describe('writeBewleyFigures', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'figures-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes four figures, each as SVG and PNG, with the same bytes each time; without an evaluation one', () => {
    const write = (): readonly Buffer[] =>
      writeBewleyFigures({ evaluation: bewleyFigureData(), log: bewleyLog(20), folder }).map((file) =>
        readFileSync(file),
      );
    const first = write();
    expect(readdirSync(join(folder, 'figures')).sort()).toEqual(
      ['euler-errors', 'policies', 'training', 'wealth'].flatMap((name) => [`${name}.png`, `${name}.svg`]),
    );
    expect(first).toEqual(write());
    expect(writeBewleyFigures({ log: bewleyLog(3), folder })).toHaveLength(2);
  });

  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'figures'), '');
    expect(() => writeBewleyFigures({ log: bewleyLog(2), folder })).toThrow('not-writable');
  });
});
