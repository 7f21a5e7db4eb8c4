import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import { processMemory, tensorMemory } from '../../engine/index.ts';
import { InputError } from '../../errors.ts';
import type { SavedState } from '../../models/saved-state.ts';
import { EventsFile } from '../tensorboard/events-file.ts';
import { AppendLog } from './append-log.ts';
import { saveCheckpoint } from './checkpoint-folder.ts';
import type { RunIdentity } from './identity.ts';
import { jsonFile } from './json-file.ts';
import { rowsWhile } from './json-lines.ts';
import { RUN_FILES, tagged } from './run-files.ts';
import { lockRun } from './run-lock.ts';

/** Numbers of one logged step, by name. */
export type MetricsRow = Readonly<Record<string, number>> & { readonly step: number };

export interface RecorderOptions {
  readonly path: string;
  readonly identity: RunIdentity;
  readonly logEvery: number;
  /** Steps that the run has taken already. */
  readonly stepsTaken: number;
}

/**
 * Writes what a run leaves: logs row by row, everything else whole. Logs of a run that is gone on with are cut to what
 * an uninterrupted run would have written by then.
 */
export class RunRecorder {
  private readonly options: RecorderOptions;
  private readonly metrics: AppendLog;
  private readonly timing: AppendLog;
  private readonly events: EventsFile;
  private readonly began = performance.now();
  private readonly secondsBefore: number;
  private readonly unlock: () => void;
  private last: { readonly steps: number; readonly seconds: number };

  /** @throws InputError `run-in-use`, `not-writable`, `disk-full`, `run-damaged` */
  constructor(options: RecorderOptions) {
    this.unlock = lockRun(options.path);
    try {
      ({
        metrics: this.metrics,
        timing: this.timing,
        events: this.events,
        seconds: this.secondsBefore,
      } = openLogs(options));
    } catch (error) {
      this.unlock();
      throw error;
    }
    this.options = options;
    this.last = { steps: options.stepsTaken, seconds: this.secondsBefore };
  }

  /** Takes down a step. @throws InputError `not-writable`, `disk-full` */
  log(row: MetricsRow): void {
    const timing = this.timingOf(row['global_step'] ?? row.step + 1);
    this.metrics.append(`${JSON.stringify(row)}\n`);
    this.timing.append(`${JSON.stringify({ step: row.step, ...timing })}\n`);
    // Tools for agents look for CleanRL's name.
    const speed = row['global_step'] === undefined ? {} : { 'charts/SPS': timing['stepsPerSecond'] ?? NaN };
    this.events.append(row.step, { ...tagged('metrics', row), ...tagged('timing', timing), ...speed });
  }

  /** @throws InputError `not-writable`, `disk-full`; the checkpoint before is then still there. */
  checkpoint(state: SavedState): void {
    // A checkpoint never comes before the rows of the steps that it is after.
    for (const log of [this.metrics, this.timing, this.events]) log.sync();
    const { path, identity } = this.options;
    saveCheckpoint(join(path, RUN_FILES.checkpoints), { identity, state });
  }

  /** @throws InputError `not-writable`, `disk-full` */
  evaluation(evaluation: object): void {
    writeAtomically(join(this.options.path, RUN_FILES.evaluation), jsonFile(evaluation));
  }

  /** Every row of the run so far, those before it was resumed included. */
  rows(): readonly MetricsRow[] {
    // Rows are written by `log` alone.
    return rowsWhile(join(this.options.path, RUN_FILES.metrics), () => true).rows as readonly MetricsRow[];
  }

  close(): void {
    for (const log of [this.metrics, this.timing, this.events]) log.close();
    this.unlock();
  }

  /** @param taken steps after the row that is logged */
  private timingOf(taken: number): Readonly<Record<string, number>> {
    const seconds = this.secondsBefore + (performance.now() - this.began) / 1000;
    const stepsPerSecond = (taken - this.last.steps) / (seconds - this.last.seconds);
    this.last = { steps: taken, seconds };
    const { rssBytes, heapBytes } = processMemory();
    const { tensors, bytes } = tensorMemory();
    return { wallSeconds: seconds, stepsPerSecond, rssBytes, heapBytes, tensors, tensorBytes: bytes };
  }
}

interface Logs {
  readonly metrics: AppendLog;
  readonly timing: AppendLog;
  readonly events: EventsFile;
  /** Wall time of the run so far. */
  readonly seconds: number;
}

/** Opens the logs of a run, cut to what belongs to the steps that it has taken. */
function openLogs({ path, logEvery, stepsTaken }: RecorderOptions): Logs {
  // The last step of a run that was shorter is logged too, though it is not one of the every so many.
  const keeps = (step: unknown): boolean =>
    typeof step === 'number' && step < stepsTaken && step % logEvery === 0;
  const [metricsFile, timingFile] = [join(path, RUN_FILES.metrics), join(path, RUN_FILES.timing)];
  const metrics = rowsWhile(metricsFile, ({ step }) => keeps(step));
  const expected = Math.ceil(stepsTaken / logEvery);
  if (metrics.rows.length !== expected) throw damaged(metricsFile, metrics.rows.length, expected);
  const timing = rowsWhile(timingFile, ({ step }) => keeps(step));
  const seconds: unknown = timing.rows.at(-1)?.['wallSeconds'];
  // It would be that of weights that are no longer the last.
  rmSync(join(path, RUN_FILES.evaluation), { force: true });
  return {
    metrics: new AppendLog(metricsFile, metrics.bytes),
    timing: new AppendLog(timingFile, timing.bytes),
    events: new EventsFile(path, keeps),
    seconds: typeof seconds === 'number' ? seconds : 0,
  };
}

function damaged(file: string, found: number, expected: number): InputError {
  return new InputError({
    code: 'run-damaged',
    what: `${file} lacks rows of steps that the newest checkpoint is after`,
    given: `${found} rows up to there`,
    expected: `${expected} rows`,
    todo: 'restore the file from a copy, or begin the run again from its config.yaml',
  });
}
