import { closeSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../errors.ts';
import { readYamlLayer } from '../../models/yaml-layer.ts';
import { RUN_FILES, tagged } from '../../training/run-directory/run-files.ts';
import type { Folder, Format, ReadOptions } from '../format.ts';
import type { RunSink } from '../row.ts';
import { isRecord } from '../text/flatten.ts';
import { readRecords } from './json-lines.ts';

/** The first line of `config.yaml`: `# nk, seed 1, on wasm, trained with nk/euler-sign; every key, defaults included`. */
const HEAD =
  /^# (?<model>[\w-]+), seed (?<seed>\d+), on (?<engine>[\w-]+)(?:, trained with (?<faults>[^;]+))?;/;
const HEAD_BYTES = 4096;

/** A run of `plumbline train`, with its configuration and its timing; its TensorBoard file says the same again. */
export const plumblineRun: Format = {
  name: 'plumbline',
  title: 'run directories of Plumbline',
  ownsFolder: ({ path, files }: Folder) =>
    files.includes(RUN_FILES.metrics) &&
    files.includes(RUN_FILES.configuration) &&
    HEAD.test(headOf(join(path, RUN_FILES.configuration))),
  read: async ([folder = ''], sink, options) => {
    const run = sink.run();
    readConfiguration(join(folder, RUN_FILES.configuration), run);
    readResumes(join(folder, RUN_FILES.environment), run);
    await readGroup(folder, RUN_FILES.metrics, 'metrics', run, options);
    await readGroup(folder, RUN_FILES.timing, 'timing', run, options);
  },
};

/** The first bytes of a file; none where it cannot be read. */
function headOf(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return head.toString('utf8', 0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

function readConfiguration(file: string, run: RunSink): void {
  try {
    const text = readFileSync(file, 'utf8');
    const { model, seed, engine, faults } = HEAD.exec(text)?.groups ?? {};
    run.config(readYamlLayer(text, file).settings);
    run.config({
      run: {
        model,
        seed: Number(seed),
        engine,
        ...(faults === undefined ? {} : { faults: faults.split(', ') }),
      },
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    run.problem({ kind: 'record-not-understood', place: { file }, what: error.message });
  }
}

/** The steps from which the run was gone on with: its log holds one row a step, and does not show them. */
function readResumes(file: string, run: RunSink): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return;
  try {
    const environment: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const resumes = isRecord(environment) ? environment['resumes'] : undefined;
    const steps = Array.isArray(resumes)
      ? resumes.map((resume: unknown) => (isRecord(resume) ? resume['step'] : undefined))
      : [];
    if (steps.length > 0) run.config({ resumedAt: steps.filter((step) => typeof step === 'number') });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    run.problem({ kind: 'record-not-understood', place: { file }, what: `no JSON: ${error.message}` });
  }
}

/** Timing may be absent: a fixture has none, since it differs from run to run. */
async function readGroup(
  folder: string,
  name: string,
  group: string,
  run: RunSink,
  options: ReadOptions,
): Promise<void> {
  const file = join(folder, name);
  // A link or a pipe is nothing that a run directory has.
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return;
  await readRecords(file, run, { asked: options.stepKey, own: 'step' }, (record) => ({
    step: record['step'],
    ...tagged(group, record as Readonly<Record<string, number>>),
  }));
}
