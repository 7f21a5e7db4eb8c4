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
import { RUN_FILES } from './run-directory.ts';

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
  private last: { readonly steps: number; readonly seconds: number };

  /** @throws InputError `not-writable`, `disk-full`, `run-damaged` */
  constructor(options: RecorderOptions) {
    const { path, logEvery, stepsTaken } = options;
    // The last step of a run that was shorter is logged too, though it is not one of the every so many.
    const keeps = (step: unknown): boolean =>
      typeof step === 'number' && step < stepsTaken && step % logEvery === 0;
    const fileOf = (name: 'metrics' | 'timing'): string => join(path, RUN_FILES[name]);
    const metrics = rowsWhile(fileOf('metrics'), ({ step }) => keeps(step));
    const expected = Math.ceil(stepsTaken / logEvery);
    if (metrics.rows.length !== expected) throw damaged(fileOf('metrics'), metrics.rows.length, expected);
    const timing = rowsWhile(fileOf('timing'), ({ step }) => keeps(step));
    const seconds: unknown = timing.rows.at(-1)?.['wallSeconds'];
    // It would be that of weights that are no longer the last.
    rmSync(join(path, RUN_FILES.evaluation), { force: true });
    this.options = options;
    this.secondsBefore = typeof seconds === 'number' ? seconds : 0;
    this.last = { steps: stepsTaken, seconds: this.secondsBefore };
    this.metrics = new AppendLog(fileOf('metrics'), metrics.bytes);
    this.timing = new AppendLog(fileOf('timing'), timing.bytes);
    this.events = new EventsFile(path, keeps);
  }

  /** Takes down a step. @throws InputError `not-writable`, `disk-full` */
  log(row: MetricsRow): void {
    const timing = this.timingOf(row.step);
    this.metrics.append(`${JSON.stringify(row)}\n`);
    this.timing.append(`${JSON.stringify({ step: row.step, ...timing })}\n`);
    this.events.append(row.step, { ...tagged('metrics', row), ...tagged('timing', timing) });
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
  }

  private timingOf(step: number): Readonly<Record<string, number>> {
    const seconds = this.secondsBefore + (performance.now() - this.began) / 1000;
    const stepsPerSecond = (step + 1 - this.last.steps) / (seconds - this.last.seconds);
    this.last = { steps: step + 1, seconds };
    const { rssBytes, heapBytes } = processMemory();
    const { tensors, bytes } = tensorMemory();
    return { wallSeconds: seconds, stepsPerSecond, rssBytes, heapBytes, tensors, tensorBytes: bytes };
  }
}

function tagged(group: string, row: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const named = Object.entries(row).filter(([name]) => name !== 'step');
  return Object.fromEntries(named.map(([name, value]) => [`${group}/${name}`, value]));
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
