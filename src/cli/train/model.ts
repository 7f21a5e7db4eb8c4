import type { Quantity } from '../../experiments/index.ts';
import type { ConfigurationParser } from '../../models/merge-layers.ts';
import type { SavedState } from '../../models/saved-state.ts';
import type { Kit } from '../../subjects/index.ts';
import type { MetricsRow } from '../../training/run-directory/index.ts';

/** What every trainer is told, whatever its model. */
export interface Training<Configuration> {
  readonly configuration: Configuration;
  readonly seed: number;
  readonly maximumSteps: number;
  readonly compile: boolean;
  readonly logEvery: number;
  readonly checkEvery: number;
  readonly checkpointEvery: number;
  readonly signal: AbortSignal;
  readonly resumeFrom?: SavedState;
  readonly onStep: (at: { readonly step: number }) => void;
  readonly onLog: (row: MetricsRow) => void;
  readonly onCheckpoint: (state: SavedState) => void;
}

/** What a trainer counts by. */
export type StepUnit = 'gradient steps' | 'environment steps';

/** What every trainer leaves. */
export interface TrainedRun {
  /** Steps taken, those before `resumeFrom` included. */
  readonly steps: number;
  /** False when the run was aborted. */
  readonly isComplete: boolean;
  /** Flat, (P). */
  readonly weights: Float32Array;
}

/** A run that is to be judged. */
export interface RunToEvaluate<Configuration, Run extends TrainedRun = TrainedRun> {
  readonly configuration: Configuration;
  readonly run: Run;
  readonly seed: number;
  /** Says what is being worked on where it takes long. */
  readonly onProgress: (doing: string) => void;
}

/** How good the policy of a run is. */
export interface Evaluation {
  /** What `evaluation.json` holds beside model, seed and steps. */
  readonly data: object;
  readonly terminal: string;
  /** Why the policy could not be judged, if it could not: a failure, unless it was trained with faults. */
  readonly failure?: string;
  /** Writes the figures of the run; `rows` are its whole log. */
  readonly draw: (run: { readonly folder: string; readonly rows: readonly MetricsRow[] }) => Promise<void>;
}

/** A model that can be trained by command: all in which models differ. */
export interface TrainableModel<Configuration extends object = object, Run extends TrainedRun = TrainedRun> {
  readonly name: string;
  readonly parse: ConfigurationParser<Configuration>;
  /** The loss by which steps and runs are compared: a key of the rows of its log. */
  readonly metric: string;
  /** What is compared of runs. */
  readonly quantities: readonly Quantity[];
  /** What its steps are. */
  readonly unit: StepUnit;
  /** Steps that are configured. */
  stepsOf(configuration: Configuration): number;
  /** Steps between two rows of the logs where no option says. */
  logEveryOf(configuration: Configuration): number;
  /** Steps that come together, as those of a rollout: rows, checkpoints and ends are at multiples. Default 1. */
  stepsTogetherOf?(configuration: Configuration): number;
  /** The functions of a kit of which the model and its trainer are made: a fault that replaces none of them shows nothing. */
  partsOf(kit: Kit): object;
  /** Refuses, before anything is written, what the configuration names and is not there. */
  prepare?(configuration: Configuration): Promise<void>;
  /** Trains with the functions of a kit. */
  train(kit: Kit, training: Training<Configuration>): Promise<Run>;
  /** Judges the policy, by the model as it is meant also where it was trained with faults: a faulty ruler flatters. */
  evaluate(run: RunToEvaluate<Configuration, Run>): Promise<Evaluation>;
}
