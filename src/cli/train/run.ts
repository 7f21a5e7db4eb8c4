import { openEngine } from '../../engine/index.ts';
import { SubjectError } from '../../errors.ts';
import { kitWith, requireShown } from '../faults.ts';
import type { Audience } from './audience.ts';
import { duration } from './duration.ts';
import type { TrainableModel, TrainedRun } from './model.ts';
import type { TrainOptions } from './options.ts';
import { planRun, upTo } from './plan.ts';
import { openSession } from './session.ts';

/** How a training run ended that could be begun. */
export type RunEnd = {
  /** The run directory. */
  readonly path: string;
} & (
  | { readonly status: 'evaluated'; readonly evaluation: object; readonly terminal: string }
  /** To the end, where no evaluation was asked for. */
  | { readonly status: 'trained' }
  /** By a signal, with a checkpoint. */
  | { readonly status: 'stopped' }
  /** The loss is no longer finite, or the model refuses to go on. */
  | { readonly status: 'failed'; readonly story: string }
);

/** Engines on which reading a number makes the host wait for the GPU. */
export const ON_GPU: readonly string[] = ['webgpu', 'tensorflow-gpu'];

/** How a run is looked after. */
export interface RunCare {
  readonly signal: AbortSignal;
  readonly audience: Audience;
  /** Default true. */
  readonly isEvaluated?: boolean;
}

/**
 * Trains a model, evaluates it, and leaves a run directory.
 *
 * @throws InputError for what cannot be begun or written.
 */
export async function trainRun<Configuration extends object, Run extends TrainedRun>(
  model: TrainableModel<Configuration, Run>,
  options: TrainOptions,
  { signal, audience, isEvaluated = true }: RunCare,
): Promise<RunEnd> {
  requireShown(model, options.faults ?? []);
  const plan = planRun(model, options);
  const { configuration, seed, settings, path } = plan;
  await model.prepare?.(configuration);
  const engine = await openEngine(plan.engine);
  const session = openSession(plan, engine);
  const { recorder, stepsTaken } = session;
  const together = model.stepsTogetherOf?.(configuration) ?? 1;
  const total = Math.min(model.stepsOf(configuration), upTo(settings.steps ?? Infinity, together));
  const from = stepsTaken === 0 ? '' : `, from step ${stepsTaken}`;
  const toDo = stepsTaken >= total ? `all ${total} ${model.unit} are taken` : `${total} ${model.unit}${from}`;
  const faulty = plan.faults.length === 0 ? '' : `, with ${plan.faults.join(', ')}`;
  audience.say(`${model.name} on ${engine.name}, seed ${seed}${faulty}: ${toDo}, in ${path}`);

  const watcher = audience.watch(total);
  const began = performance.now();
  const resumeCommand = `plumbline train ${model.name} --resume ${path}`;
  let saved = session.resumeFrom?.step;
  const keptBy = (step: number | undefined): string =>
    step === undefined
      ? `no checkpoint was written in ${path}`
      : `the checkpoint of step ${step} is kept: ${resumeCommand}`;
  try {
    const run = await model.train(kitWith(plan.faults), {
      configuration,
      seed,
      maximumSteps: total,
      compile: true,
      logEvery: settings.logEvery,
      checkEvery: ON_GPU.includes(engine.name) ? settings.logEvery : 1,
      checkpointEvery: settings.checkpointEvery,
      signal,
      ...(session.resumeFrom === undefined ? {} : { resumeFrom: session.resumeFrom }),
      onStep: ({ step }) => {
        watcher.reach(step + 1);
      },
      onLog: (row) => {
        watcher.read(row[model.metric] ?? NaN);
        recorder.log(row);
      },
      onCheckpoint: (state) => {
        recorder.checkpoint(state);
        saved = state.step;
      },
    });
    watcher.clear();
    const seconds = (performance.now() - began) / 1000;
    if (!run.isComplete && signal.aborted) {
      audience.say(`stopped after step ${run.steps} of ${total}; go on with: ${resumeCommand}`);
      return { path, status: 'stopped' };
    }
    if (!isEvaluated) return { path, status: 'trained' };
    const { data, terminal, failure, draw } = await model.evaluate({
      configuration,
      run,
      seed,
      onProgress: (doing) => {
        watcher.work(doing);
      },
    });
    watcher.clear();
    const evaluation = { model: model.name, seed, steps: run.steps, ...data };
    recorder.evaluation(evaluation);
    await draw({ folder: path, rows: recorder.rows() });
    if (failure !== undefined && plan.faults.length === 0)
      return { path, status: 'failed', story: `${failure}\n  kept:     ${keptBy(saved)}` };
    const taken = run.steps - stepsTaken;
    if (taken > 0) {
      const speed = `${(taken / seconds).toPrecision(3)} steps/s`;
      audience.say(`${taken} ${model.unit} in ${duration(seconds)}, ${speed}`);
    }
    audience.say(`evaluated after ${run.steps} ${model.unit}; everything is in ${path}`);
    return { path, status: 'evaluated', evaluation, terminal };
  } catch (error) {
    watcher.clear();
    if (error instanceof SubjectError)
      return { path, status: 'failed', story: `${error.message}\n  kept:     ${keptBy(saved)}` };
    audience.say(keptBy(saved));
    throw error;
  } finally {
    recorder.close();
    engine.close();
  }
}
