import type { EngineName } from '../../engine/index.ts';
import type { ArmOutcome, ComparisonRequest, Plan } from '../../experiments/index.ts';
import { InputError } from '../../errors.ts';
import { mergeLayers } from '../../models/merge-layers.ts';
import type { Settings } from '../../models/overlay.ts';
import { layerNamed } from '../../models/presets.ts';
import type { ConfigurationLayer } from '../../models/yaml-layer.ts';
import { differences } from '../../training/run-directory/index.ts';
import { choose } from '../choose.ts';
import { faultsNamed, requireShown } from '../faults.ts';
import { engineNamed } from '../train/options.ts';
import type { TrainableModel } from '../train/model.ts';
import { modelNamed } from '../train/models.ts';

/** An arm with all that its runs depend on. */
export interface Arm extends Omit<ArmOutcome, 'runs'> {
  readonly configuration: Settings;
}

/** A comparison that can be run. */
export interface Experiment {
  readonly model: TrainableModel;
  readonly arms: readonly Arm[];
  readonly engine: EngineName;
  readonly seeds: readonly number[];
  readonly steps?: number;
  readonly logEvery?: number;
  readonly checkpointEvery?: number;
  /** What is made of the runs. */
  readonly request: ComparisonRequest;
  /** A key of their logs, which is drawn. */
  readonly metric: string;
}

/** What options of the command put in place of what a plan says. */
export interface PlanOverrides {
  readonly engine?: EngineName;
  readonly seeds?: readonly number[];
  readonly steps?: number;
}

/**
 * Reads everything that a plan names, and refuses it before long work begins.
 *
 * @throws InputError naming the line: `model-unknown`, `engine-unknown`, `preset-unknown`, `fault-unknown`,
 * `fault-not-shown`, `quantity-unknown`, and what a configuration is refused for.
 */
export function experimentOf(plan: Plan, overrides: PlanOverrides): Experiment {
  const { name, question, base, baseline, placeOf, decomposition, verdict } = plan;
  const model = at(placeOf(['model']), () => modelNamed(plan.model));
  const engine = overrides.engine ?? at(placeOf(['base', 'engine']), () => engineNamed(base.engine));
  const seeds = overrides.seeds ?? base.seeds;
  const steps = overrides.steps ?? base.steps;
  const { logEvery, checkpointEvery } = base;
  const known = model.quantities.map(({ id }) => id);
  const chosen = plan.quantities?.map((id) =>
    at(placeOf(['quantities']), () => choose('quantity', id, known)),
  );
  if (verdict !== undefined)
    at(placeOf(['verdict', 'quantity']), () => choose('quantity', verdict.quantity, known));
  const asked = new Set([...(chosen?.flat() ?? known), ...(verdict === undefined ? [] : [verdict.quantity])]);

  const arms = plan.arms.map((arm) => {
    const path = ['arms', arm.name];
    const presets = (names: readonly string[], where: readonly string[]): readonly ConfigurationLayer[] =>
      names.map((preset) => at(placeOf([...where, 'presets']), () => layerNamed(model.name, preset)));
    const written = (settings: Settings, where: readonly string[]): ConfigurationLayer => ({
      source: placeOf([...where, 'set']),
      settings,
      placeOf: (key) => placeOf([...where, 'set', ...key]),
    });
    const layers = [
      ...presets(base.presets, ['base']),
      written(base.set, ['base']),
      ...presets(arm.presets, path),
      written(arm.set, path),
    ];
    const faults = at(placeOf([...(arm.faults === undefined ? ['base'] : path), 'faults']), () =>
      faultsOf(model, arm.faults ?? base.faults),
    );
    return { name: arm.name, configuration: mergeLayers(model.parse, layers) as Settings, faults };
  });
  const held = arms.find((arm) => arm.name === baseline);
  return {
    model,
    arms: arms.map((arm) => ({ ...arm, changes: changesOf(arm, held) })),
    engine,
    seeds,
    ...(steps === undefined ? {} : { steps }),
    ...(logEvery === undefined ? {} : { logEvery }),
    ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
    request: {
      name,
      ...(question === undefined ? {} : { question }),
      model: model.name,
      engine,
      seeds,
      ...(steps === undefined ? {} : { steps }),
      ...(baseline === undefined ? {} : { baseline }),
      quantities: model.quantities.filter(({ id }) => asked.has(id)),
      decomposition,
      ...(verdict === undefined ? {} : { verdict }),
    },
    metric: plan.metric ?? model.metric,
  };
}

function faultsOf(model: TrainableModel, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const ids = faultsNamed(names).map(({ id }) => id);
  requireShown(model, ids);
  return ids;
}

type Trained = Pick<Arm, 'name' | 'configuration' | 'faults'>;

/** What an arm changes against the baseline; of the baseline itself, its faults. */
function changesOf(arm: Trained, held: Trained | undefined): readonly string[] {
  if (held === undefined || held === arm) return arm.faults.map((fault) => `with ${fault}`);
  const keys = differences(held.configuration, arm.configuration).map(
    ({ key, before, now }) => `${key} ${before} → ${now}`,
  );
  const fewer = held.faults.filter((fault) => !arm.faults.includes(fault));
  const more = arm.faults.filter((fault) => !held.faults.includes(fault));
  return [...keys, ...fewer.map((fault) => `without ${fault}`), ...more.map((fault) => `with ${fault}`)];
}

/** Says where in the plan the name stands that is refused. */
function at<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError({ ...error.story, what: `${place.replace(/,$/, '')}: ${error.story.what}` });
  }
}
