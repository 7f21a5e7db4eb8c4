import { join } from 'node:path';
import { SuiteError } from '../../errors.ts';
import type { Interruption } from '../interruption.ts';
import type { TrainOptions } from '../train/options.ts';
import type { Experiment } from './arms.ts';
import type { ArmRun, Failure, RunState } from './folder.ts';
import { noteFailure, prepareRun, runsOf, stateOf } from './folder.ts';
import type { Work } from './progress.ts';
import { workThrough } from './progress.ts';
import type { RunProcess } from './run-process.ts';
import { startRun } from './run-process.ts';

/** A run that will not go on by itself. */
export interface EndedRun {
  readonly run: ArmRun;
  /** Undefined for one that is done. */
  readonly failure?: Failure;
}

/** How the arms of an experiment are run. */
export interface RunArmsOptions {
  readonly path: string;
  readonly jobs: number;
  readonly isQuiet: boolean;
  readonly interruption: Interruption;
}

/**
 * Trains what is not done yet, each run in a process of its own, so many at a time. A run that fails stops no other; an
 * interruption lets those that run end with a checkpoint. Returns the runs that have ended.
 */
export async function runArms(experiment: Experiment, options: RunArmsOptions): Promise<readonly EndedRun[]> {
  const { path, interruption } = options;
  const processes = new Set<RunProcess>();
  interruption.signal.addEventListener('abort', () => {
    for (const one of processes) one.stop();
  });
  // The second Ctrl-C ends this process at once, and these with it.
  const killAll = (): void => {
    for (const one of processes) one.kill();
  };
  process.on('exit', killAll);

  const ended: EndedRun[] = [];
  const train = async (run: ArmRun, state: RunState, show: (line: string) => void): Promise<string> => {
    prepareRun(path, run, state);
    const child = startRun(assignmentOf(experiment, path, run, state), show);
    processes.add(child);
    const end = await child.end;
    processes.delete(child);
    if (end.status === 'stopped') return 'stopped';
    if (end.status === 'done') {
      ended.push({ run });
      return 'done';
    }
    const { exitCode, story } = end;
    noteFailure(path, run, { exitCode, story });
    ended.push({ run, failure: { exitCode, story } });
    throw new SuiteError({ code: 'run-failed', what: `exit code ${exitCode ?? 'none'}: ${story}` });
  };

  const works = runsOf(experiment).flatMap((run): readonly Work[] => {
    const state = stateOf(path, run);
    if (state.state === 'done') ended.push({ run });
    if (state.state === 'failed') ended.push({ run, failure: state.failure });
    if (state.state !== 'new' && state.state !== 'begun') return [];
    return [{ title: run.folder, run: (show) => train(run, state, show) }];
  });
  try {
    await workThrough(works, { ...options, signal: interruption.signal });
  } finally {
    process.off('exit', killAll);
  }
  return ended;
}

function assignmentOf(
  { model, arms, engine, steps, logEvery, checkpointEvery }: Experiment,
  path: string,
  { arm: name, seed, folder }: ArmRun,
  { state }: RunState,
): { readonly model: string; readonly options: TrainOptions } {
  const arm = arms.find((one) => one.name === name);
  const place = join(path, folder);
  const options: TrainOptions = {
    presets: [],
    set: [],
    ...(arm === undefined ? {} : { settings: arm.configuration, faults: arm.faults }),
    engine,
    seed,
    ...(steps === undefined ? {} : { steps }),
    ...(logEvery === undefined ? {} : { logEvery }),
    ...(checkpointEvery === undefined ? {} : { checkpointEvery }),
    ...(state === 'begun' ? { resume: place } : { out: place }),
    json: false,
    quiet: true,
  };
  return { model: model.name, options };
}
