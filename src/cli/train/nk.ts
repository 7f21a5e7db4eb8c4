import { openEngine } from '../../engine/index.ts';
import { SubjectError } from '../../errors.ts';
import type { NkConfiguration } from '../../models/nk/index.ts';
import { evaluateNk, nkKit, parseNkConfiguration, policyCurves } from '../../models/nk/index.ts';
import type { NkLossRow } from '../../reporting/figures/index.ts';
import { writeNkFigures } from '../../reporting/figures/index.ts';
import { nkEvaluationTerminal } from '../../reporting/nk-evaluation-terminal.ts';
import { trainNk } from '../../training/index.ts';
import type { MetricsRow } from '../../training/run-directory/index.ts';
import { jsonFile } from '../../training/run-directory/index.ts';
import { listenForInterruption } from './interruption.ts';
import { duration, LiveLine } from './live-line.ts';
import type { TrainOptions } from './options.ts';
import { planRun } from './plan.ts';
import { openSession } from './session.ts';

/** Engines on which reading a number makes the host wait for the GPU. */
const ON_GPU = ['webgpu', 'tensorflow-gpu'];

/** Trains the New Keynesian model, and leaves a run directory. Returns the exit code. */
export async function trainNkCommand(options: TrainOptions): Promise<number> {
  const plan = planRun('nk', parseNkConfiguration, options, logEveryOf);
  const { configuration, seed, settings, path } = plan;
  const say = (text: string): void => {
    if (!options.quiet) process.stderr.write(`${text}\n`);
  };
  const interruption = listenForInterruption(() => {
    say('\nstopping after this step, with a checkpoint; Ctrl-C again ends at once');
  });
  const engine = await openEngine(plan.engine);
  const session = openSession(plan, engine);
  const { recorder, stepsTaken } = session;
  const configured = configuration.iterations * configuration.procedure.gradientSteps;
  const total = Math.min(configured, settings.steps ?? Infinity);
  const from = stepsTaken === 0 ? '' : `, from step ${stepsTaken}`;
  const toDo =
    stepsTaken >= total ? `all ${total} gradient steps are taken` : `${total} gradient steps${from}`;
  say(`nk on ${engine.name}, seed ${seed}: ${toDo}, in ${path}`);

  const line = new LiveLine(process.stderr, total, options.quiet);
  const began = performance.now();
  let saved = session.resumeFrom?.step;
  try {
    const run = await trainNk({
      kit: nkKit,
      configuration,
      seed,
      maximumSteps: total,
      compile: true,
      logEvery: settings.logEvery,
      checkEvery: ON_GPU.includes(engine.name) ? settings.logEvery : 1,
      checkpointEvery: settings.checkpointEvery,
      signal: interruption.signal,
      ...(session.resumeFrom === undefined ? {} : { resumeFrom: session.resumeFrom }),
      onStep: ({ step }) => {
        line.reach(step + 1);
      },
      onLog: (row) => {
        line.read(row.unweighted);
        recorder.log({ ...row });
      },
      onCheckpoint: (state) => {
        recorder.checkpoint(state);
        saved = state.step;
      },
    });
    line.clear();
    const seconds = (performance.now() - began) / 1000;
    const speed = `${((run.steps - stepsTaken) / seconds).toPrecision(3)} steps/s`;
    const exitCode = interruption.exitCode();
    if (!run.isComplete && exitCode !== undefined) {
      say(`stopped after step ${run.steps} of ${total}; go on with: plumbline train nk --resume ${path}`);
      return exitCode;
    }
    const policy = { kit: nkKit, configuration, weights: run.weights };
    const accuracy = await evaluateNk({ ...policy, seed, states: absoluteStates(configuration) });
    const evaluation = { model: 'nk', seed, steps: run.steps, ...accuracy };
    recorder.evaluation(evaluation);
    writeNkFigures({ curves: await policyCurves(policy), log: recorder.rows().map(lossRow), folder: path });
    if (run.steps > stepsTaken)
      say(`${run.steps - stepsTaken} gradient steps in ${duration(seconds)}, ${speed}`);
    say(`evaluated after ${run.steps} gradient steps; everything is in ${path}`);
    if (options.json) process.stdout.write(jsonFile(evaluation));
    else if (!options.quiet) process.stdout.write(`${nkEvaluationTerminal(accuracy)}\n`);
    return 0;
  } catch (error) {
    line.clear();
    const kept =
      saved === undefined
        ? `no checkpoint was written in ${path}`
        : `the checkpoint of step ${saved} is kept: plumbline train nk --resume ${path}`;
    if (!(error instanceof SubjectError)) {
      say(kept);
      throw error;
    }
    process.stderr.write(`plumbline: ${error.message}\n  kept:     ${kept}\n`);
    return 1;
  } finally {
    interruption.stop();
    recorder.close();
    engine.close();
  }
}

/** Where states are sampled absolutely, accuracy is asked for at the ends and half-way. */
function absoluteStates({ procedure, sampling: { unit, bound } }: NkConfiguration): readonly number[] {
  const isAbsolute = procedure.state === 'uniform' && unit === 'absolute';
  return isAbsolute ? [-bound, -bound / 2, bound / 2, bound] : [];
}

function lossRow({ step, total = NaN, is = NaN, phillips = NaN, ...row }: MetricsRow): NkLossRow {
  const { learningRate = NaN, damping = NaN } = row;
  return { step, total, is, phillips, learningRate, damping };
}

/** Second-order runs have 50 to 240 steps, each of which is worth a row. */
function logEveryOf({ optimiser }: NkConfiguration): number {
  return optimiser.rule === 'levenberg-marquardt' ? 1 : 100;
}
