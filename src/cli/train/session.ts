import type { OpenEngine } from '../../engine/index.ts';
import type { Settings } from '../../models/overlay.ts';
import type { SavedState } from '../../models/saved-state.ts';
import type { RunIdentity } from '../../training/run-directory/index.ts';
import {
  createRunDirectory,
  identityVersions,
  placeHere,
  RunRecorder,
  writeEnvironment,
} from '../../training/run-directory/index.ts';
import type { RunPlan } from './plan.ts';
import { requireSame } from './plan.ts';

/** A run directory that is being written, and where the run in it goes on. */
export interface Session {
  readonly recorder: RunRecorder;
  readonly stepsTaken: number;
  readonly resumeFrom?: SavedState;
}

/**
 * Begins the run directory of a plan, or goes on with it.
 *
 * @throws InputError `resume-mismatch` when engine or versions are others than those of the run; `not-writable`,
 * `disk-full`, `run-damaged`, `run-in-use`.
 */
export function openSession(plan: RunPlan<object>, engine: OpenEngine): Session {
  const { model, path, configuration, seed, faults, settings, stored } = plan;
  const { name, version, device } = engine;
  const faulty = faults.length === 0 ? {} : { faults };
  const identity: RunIdentity = {
    model,
    seed,
    engine: { name, version, ...(device === undefined ? {} : { device }) },
    versions: identityVersions(),
    ...faulty,
    configuration: configuration as Settings,
  };
  const place = placeHere();
  const state = stored?.checkpoint?.state;
  const stepsTaken = state?.step ?? 0;
  const record = (): RunRecorder =>
    new RunRecorder({ path, identity, logEvery: settings.logEvery, stepsTaken });
  if (stored === undefined) {
    const whose = { model, seed, engine: identity.engine, ...faulty };
    const about = { kind: 'plumbline run', format: 1, ...whose } as const;
    createRunDirectory(path, { configuration, environment: { ...about, settings, ...place, resumes: [] } });
    return { recorder: record(), stepsTaken };
  }
  if (stored.checkpoint !== undefined) requireSame(path, stored.checkpoint.identity, identity);
  const recorder = record();
  try {
    const resumes = [...stored.environment.resumes, { step: stepsTaken, ...place }];
    writeEnvironment(path, { ...stored.environment, settings, resumes });
  } catch (error) {
    recorder.close();
    throw error;
  }
  return { recorder, stepsTaken, ...(state === undefined ? {} : { resumeFrom: state }) };
}
