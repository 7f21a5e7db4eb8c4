import { describe, expect, it } from 'vitest';
import type { BewleyConfiguration } from '../../../src/models/bewley/index.ts';
import { bewleyTrainerKit, termsOf } from '../../../src/models/bewley/index.ts';
import { inequalityOf } from '../../../src/models/bewley/reference/index.ts';
import type { BewleyLogRow, BewleyObservation } from '../../../src/training/index.ts';
import { trainBewley } from '../../../src/training/index.ts';
import { expectClose, onWasm } from '../../nn/on-wasm.ts';
import { tiny } from './small.ts';

onWasm();

/** What the design says that a run logs, but for memory and time, which are the recorder's. */
const DOCUMENTED = [
  'loss/total',
  'loss/fb',
  'loss/aux_mu',
  'loss/labor_foc',
  'state/consumption_mean',
  'state/labor_mean',
  'state/savings_mean',
  'state/savings_ratio_mean',
  'state/ability_mean',
  'state/money_disposable_mean',
  'state/gini_wealth',
  'state/top5_share',
  'state/constrained_share',
  'market/wage',
  'market/return',
  'market/mpk',
  'market/capital_labor',
  'market/resource_residual',
  'policy/h_mean',
  'policy/h_max',
  'debug/raw_wealth_mean',
  'debug/raw_wealth_std',
  'debug/raw_ability_mean',
  'debug/raw_ability_std',
  'debug/normalized_wealth_mean',
  'debug/normalized_wealth_std',
  'debug/normalized_ability_mean',
  'debug/normalized_ability_std',
  'debug/normaliser_count',
  'guard/capital_floored',
  'guard/labor_floored',
  'guard/normaliser_clipped',
  'grad/norm',
  'optimiser/weight_change',
];

type Values = readonly number[];
const meanOf = (values: Values): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviationOf = (values: Values): number =>
  Math.sqrt(meanOf(values.map((value) => (value - meanOf(values)) ** 2)));

/** Logs `steps` steps, and what `look` makes of the observation of each. */
async function logged<T>(
  configuration: BewleyConfiguration,
  steps: number,
  look: (observation: BewleyObservation) => Promise<T>,
): Promise<{ readonly rows: readonly BewleyLogRow[]; readonly seen: readonly T[] }> {
  const seen: T[] = [];
  const { log } = await trainBewley({
    kit: bewleyTrainerKit,
    configuration,
    seed: 1,
    maximumSteps: steps,
    logEvery: 1,
    onStep: async (observation) => {
      seen.push(await look(observation));
    },
  });
  return { rows: log, seen };
}

const nothing = (): Promise<void> => Promise.resolve();

describe('a row of the log', () => {
  it.each([
    ['progressive taxes', []],
    ['flat taxes, told by the order', ['flat', 'network.distribution=ordered']],
    ['no risk, in passes', ['no-tax', 'one-type', 'batch.worldsPerPass=2']],
  ])('has every documented number, and all are finite: %s', async (_, layers) => {
    const { rows } = await logged(tiny(...layers), 5, nothing);
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(expect.arrayContaining(DOCUMENTED));
      expect(Object.entries(row).filter(([, value]) => !Number.isFinite(value))).toEqual([]);
    }
  });

  it('tells what the step was fed, agent by agent and world by world', async () => {
    const configuration = tiny();
    const { worlds, agents } = configuration.batch;
    const { rows, seen } = await logged(configuration, 3, async (observation) => {
      const { wealth, exogenous } = observation.batch.worlds;
      const [s, h, c, a, m] = await Promise.all(
        (['savingsRatio', 'marginalReturn', 'consumption', 'savings', 'money'] as const).map(async (name) => [
          ...(await observation[name].data()),
        ]),
      );
      const [k, l] = [
        [...(await observation.capital.data())],
        [...(await observation.effectiveLabor.data())],
      ];
      return { wealth: [...wealth], ability: [...exogenous.ability], s, h, c, a, m, k, l };
    });
    seen.forEach(({ wealth, ability, s = [], h = [], c = [], a = [], m = [], k, l }, step) => {
      const row = rows[step] ?? { step: -1 };
      const inequality = Array.from({ length: worlds }, (_, world) =>
        inequalityOf(
          wealth.slice(world * agents, (world + 1) * agents).map((owned) => ({ owned, share: 1 / agents })),
        ),
      );
      const told: Readonly<Record<string, number>> = {
        step,
        'debug/raw_wealth_mean': meanOf(wealth),
        'debug/raw_wealth_std': deviationOf(wealth),
        'debug/raw_ability_mean': meanOf(ability),
        'debug/raw_ability_std': deviationOf(ability),
        'state/wealth_mean': meanOf(wealth),
        'state/ability_mean': meanOf(ability),
        'state/gini_wealth': meanOf(inequality.map(({ gini }) => gini)),
        'state/top5_share': meanOf(inequality.map(({ topShares }) => topShares.top5)),
        'state/consumption_mean': meanOf(c),
        'state/savings_mean': meanOf(a),
        'state/savings_ratio_mean': meanOf(s),
        'state/money_disposable_mean': meanOf(m),
        'state/constrained_share': meanOf(s.map((ratio) => Number(ratio < 0.01))),
        'policy/h_mean': meanOf(h),
        'policy/h_max': Math.max(...h),
        'market/capital_labor': meanOf(k.map((capital, world) => capital / (l[world] ?? Number.NaN))),
      };
      for (const [name, value] of Object.entries(told))
        expect([name, row[name]]).toEqual([name, expect.closeTo(value, 10)]);
    });
  });

  it('tells the loss as the configuration weighs it, and its parts without weights', async () => {
    const weights = ['loss.weights.complementarity=3', 'loss.weights.euler=5', 'loss.weights.labor=7'];
    const { rows } = await logged(tiny('loss.byWealth=0', ...weights), 3, nothing);
    for (const row of rows) {
      const [fb, euler, labor] = ['loss/fb', 'loss/aux_mu', 'loss/labor_foc'].map(
        (name) => row[name] ?? Number.NaN,
      );
      expectClose(
        [row['loss/total'] ?? Number.NaN],
        [3 * (fb ?? 0) + 5 * (euler ?? 0) + 7 * (labor ?? 0)],
        1e-6,
      );
      expectClose([row['loss/unweighted'] ?? Number.NaN], [(fb ?? 0) + (euler ?? 0) + (labor ?? 0)], 1e-6);
    }
    const plain = await logged(tiny('loss.byWealth=0.5'), 1, nothing);
    // The parts of the first step do not move with the weights: the same worlds, the same policy.
    for (const name of ['loss/fb', 'loss/aux_mu', 'loss/labor_foc'])
      expect(plain.rows[0]?.[name]).toBe(rows[0]?.[name]);
    expect(plain.rows[0]?.['loss/total']).not.toBe(rows[0]?.['loss/total']);
  });

  it('tells features as they were normalised: of mean 0 and deviation 1 where the statistics are those of the batch', async () => {
    const settings = tiny('normaliser.warmUp=0', 'normaliser.epsilon=0');
    const { rows } = await logged(settings, 1, nothing);
    for (const name of ['wealth', 'ability'])
      expectClose(
        [
          rows[0]?.[`debug/normalized_${name}_mean`] ?? Number.NaN,
          rows[0]?.[`debug/normalized_${name}_std`] ?? Number.NaN,
        ],
        [0, 1],
        1e-5,
      );
  });

  it.each([0.3, 0.7])(
    'counts what the normaliser clipped, at a bound of %d that single precision rounds',
    async (clip) => {
      const { rows, seen } = await logged(tiny(`normaliser.clip=${clip}`), 1, async ({ normalised }) => [
        ...(await normalised.data()),
      ]);
      const bound = Math.fround(clip);
      const share = meanOf((seen[0] ?? []).map((z) => Number(Math.abs(z) === bound)));
      expect(share).toBeGreaterThan(0.2);
      expect(rows[0]?.['guard/normaliser_clipped']).toBeCloseTo(share, 12);
    },
  );

  it('counts worlds without capital, and households that save next to nothing', async () => {
    const poor = tiny('no-tax', 'normaliser.warmUp=0');
    const kit = {
      ...bewleyTrainerKit,
      drawAgents: (...task: Parameters<typeof bewleyTrainerKit.drawAgents>) => {
        const drawn = bewleyTrainerKit.drawAgents(...task);
        return { ...drawn, wealth: drawn.wealth.map((owned, agent) => (agent < 6 ? 0 : owned)) };
      },
      controls: (...task: Parameters<typeof bewleyTrainerKit.controls>) => {
        const made = bewleyTrainerKit.controls(...task);
        return { ...made, savingsRatio: made.savingsRatio.mul(0.009) };
      },
    };
    const { log } = await trainBewley({ kit, configuration: poor, seed: 1, maximumSteps: 1 });
    expect(log[0]).toMatchObject({ 'guard/capital_floored': 0.25, 'state/constrained_share': 1 });
  });
});

describe('the resource constraint of every row', () => {
  /*
   * C + K′ + G − Y − (1−δ)K is a sum of means of what agents have; each of its terms comes out of at most a dozen
   * operations and four elementary functions. A mean of six numbers adds five roundings, and functions of wasm are
   * within 4 roundings (src/engine, `plumbline engines`). With u = 2⁻²⁴, 100 u times the sum of what is added and
   * subtracted has room for all of them, and for no flow that is left out: the least of them is a hundredth of the sum.
   */
  it.each([
    ['documented', 'documented'],
    ['us', 'us'],
    ['flat', 'flat'],
    ['no-tax', 'no-tax'],
  ])('holds to the roundings of the engine: %s', async (_, preset) => {
    const configuration = tiny(preset);
    const { technology } = termsOf(configuration);
    const { rows } = await logged(configuration, 12, nothing);
    for (const row of rows) {
      const of = (name: string): number => row[name] ?? Number.NaN;
      const [wealth, consumption] = [of('state/wealth_mean'), of('state/consumption_mean')];
      // Where there is more capital its product is smaller: the product of the means is not below the mean.
      const output = wealth * (of('market/mpk') / technology.alpha);
      // Taxes are of income and of wealth, each taken as what they are less what is kept of them.
      const magnitude =
        2 * (output + wealth) + consumption + of('state/savings_mean') + of('state/money_disposable_mean');
      // The residual is the largest of four worlds, the rest are means over them.
      const allowed = 4 * 100 * 2 ** -24 * magnitude;
      expect(of('market/resource_residual')).toBeLessThan(allowed);
      expect(allowed).toBeLessThan(consumption / 1000);
    }
  });

  it('is told when a household is given money that nobody has paid', async () => {
    const kit = {
      ...bewleyTrainerKit,
      money: (...task: Parameters<typeof bewleyTrainerKit.money>) =>
        bewleyTrainerKit.money(...task).mul(1.001),
    };
    const { log } = await trainBewley({ kit, configuration: tiny(), seed: 1, maximumSteps: 1 });
    const [residual, money] = ['market/resource_residual', 'state/money_disposable_mean'].map(
      (name) => log[0]?.[name] ?? Number.NaN,
    ) as [number, number];
    expect(residual / money).toBeGreaterThan(5e-4);
  });
});
