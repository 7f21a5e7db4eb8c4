import * as tf from '@tensorflow/tfjs';
import { InputError } from '../errors.ts';
import type { Arithmetic } from '../numerics/arithmetic.ts';
import { admissionChecks } from './admission.ts';
import { skipBanner } from './banner.ts';
import type { EngineCatalogue, EngineEntry } from './catalogue.ts';
import { ENGINES } from './catalogue.ts';
import type { EngineCheck } from './check.ts';
import { ratioOf, worstOf } from './check.ts';
import { descriptionOf, entryOf, missing, notOpenedHere } from './describe.ts';
import type { KernelLog } from './kernels.ts';
import { installKernelLog } from './kernels.ts';
import { measureArithmetic } from './measure-arithmetic.ts';
import type { TensorMemory } from './memory.ts';
import { tensorMemory } from './memory.ts';
import type { EngineName } from './names.ts';
import { requireOwnKernels } from './proof.ts';
import { selfTest } from './self-test.ts';

/** An engine that runs in this process, has been measured, and has passed its self-test. */
export interface OpenEngine {
  readonly name: EngineName;
  /** The version of its npm package. */
  readonly version: string;
  /** The device that computes, such as the name of a GPU; absent where it is the processor. */
  readonly device?: string;
  readonly tf: typeof tf;
  readonly arithmetic: Arithmetic;
  /** Everything that it was tried on: the limits of admission, then the self-test. */
  readonly checks: readonly EngineCheck[];
  /** Largest error of the self-test over its bound: at most 1, or it would not have been opened. */
  readonly selfTest: number;
  readonly kernels: KernelLog;
  readonly memory: () => TensorMemory;
  /**
   * Ends the kernel log. The backend stays that of the process, and the tensors stay those of whoever made them; but a
   * GPU is given back, and what was on it is lost.
   */
  readonly close: () => void;
}

interface Claim {
  readonly name: EngineName;
  engine: Promise<OpenEngine> | undefined;
}

/** The engine of this process: tfjs keeps backend, kernels and tape in singletons, which two engines would share. */
let claim: Claim | undefined;

/**
 * Opens an engine, measures its arithmetic and proves that it is the one that computes, and that it computes right.
 * Opening it again gives the same one until it is closed.
 *
 * @throws InputError `engine-unknown`, `engine-missing` (with the command that adds it), `engine-process-taken` (this
 * process has another), `engine-fell-back` (something else computes in its place), `engine-failed-self-test`.
 *
 * @example const { tf, close } = await openEngine('wasm');
 */
export async function openEngine(name: string, catalogue: EngineCatalogue = ENGINES): Promise<OpenEngine> {
  const entry = entryOf(name, catalogue);
  if (entry.load === undefined) throw notOpenedHere(entry);
  if (claim !== undefined && claim.name !== entry.name) throw taken(claim.name, entry.name);
  const mine: Claim = (claim ??= { name: entry.name, engine: undefined });
  mine.engine ??= start(entry, entry.load).catch((error: unknown) => {
    mine.engine = undefined;
    // A package that is not here has changed nothing in this process.
    if (error instanceof InputError && error.code === 'engine-missing') claim = undefined;
    throw error;
  });
  return mine.engine;
}

async function start(entry: EngineEntry, load: () => Promise<void>): Promise<OpenEngine> {
  skipBanner();
  try {
    await load();
  } catch (error) {
    // A loader that knows what is wrong says so itself.
    throw error instanceof InputError ? error : missing(entry, error);
  }
  await select(entry);
  const { log, uninstall } = installKernelLog();
  try {
    const device = entry.device?.();
    const { arithmetic, admission, tests } = await tryOut(entry, log);
    let isOpen = true;
    return {
      name: entry.name,
      version: versionFound(entry),
      ...(device === undefined ? {} : { device }),
      tf,
      arithmetic,
      checks: [...admission, ...tests],
      selfTest: Math.max(...tests.map(ratioOf)),
      kernels: log,
      memory: tensorMemory,
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        uninstall();
        entry.unload?.();
        if (claim !== undefined) claim.engine = undefined;
      },
    };
  } catch (error) {
    uninstall();
    entry.unload?.();
    throw error;
  }
}

/**
 * Measures the engine, tests it, and looks at what ran. What ran comes first: the numbers of a stand-in may be right.
 *
 * @throws InputError `engine-fell-back`, `engine-failed-self-test`.
 */
async function tryOut(entry: EngineEntry, log: KernelLog): Promise<TryOut> {
  log.start();
  let result: TryOut;
  try {
    const arithmetic = await measureArithmetic();
    result = { arithmetic, admission: admissionChecks(arithmetic), tests: await selfTest(arithmetic) };
  } catch (error) {
    throw failedSelfTest(entry, 'what it was given to compute made it throw', error);
  }
  requireOwnKernels(entry, log.stop(), log.migrations());
  requirePassed(entry, [...result.admission, ...result.tests]);
  return result;
}

interface TryOut {
  readonly arithmetic: Arithmetic;
  readonly admission: readonly EngineCheck[];
  readonly tests: readonly EngineCheck[];
}

/** @throws InputError `engine-fell-back` unless tfjs says in every way it can that the backend is the current one. */
async function select({ name, backend }: EngineEntry): Promise<void> {
  let accepted = false;
  let cause: unknown;
  try {
    accepted = await tf.setBackend(backend);
    if (accepted) await tf.ready();
  } catch (error) {
    cause = error;
  }
  const current = tf.getBackend();
  if (accepted && current === backend && tf.backend() === tf.findBackend(backend)) return;
  const reason =
    cause instanceof Error
      ? cause.message
      : `tf.setBackend('${backend}') answered ${accepted}, and the backend is ${current}`;
  throw new InputError({
    code: 'engine-fell-back',
    what: `the engine ${name} did not start; tfjs would go on with another one in silence`,
    given: reason,
    expected: `a backend that is ${backend}`,
    todo: 'see the warning of tfjs above, and `plumbline engines`',
    cause,
  });
}

/** @throws InputError `engine-failed-self-test` when any check is beyond what it allows. */
function requirePassed(entry: EngineEntry, checks: readonly EngineCheck[]): void {
  const failed = checks.filter((check) => ratioOf(check) > 1);
  const worst = worstOf(failed);
  if (worst === undefined) return;
  const names = failed.map(({ name }) => name).join(', ');
  throw failedSelfTest(
    entry,
    `${names}; worst: ${worst.name} is off by ${worst.measured}, allowed is ${worst.allowed}`,
  );
}

function failedSelfTest({ name }: EngineEntry, given: string, cause?: unknown): InputError {
  return new InputError({
    code: 'engine-failed-self-test',
    what: `the engine ${name} runs, and does not compute what it should`,
    given: cause instanceof Error ? `${given}: ${cause.message}` : given,
    expected: 'every value within its forward-error bound against double precision',
    todo: 'use another engine; suspect its driver, a fast-math or reduced-precision mode, or a replaced kernel',
    cause,
  });
}

function versionFound(entry: EngineEntry): string {
  const description = descriptionOf(entry);
  return description.status === 'here' ? description.version : 'unknown';
}

function taken(holder: EngineName, asked: EngineName): InputError {
  return new InputError({
    code: 'engine-process-taken',
    what: 'a process can have one engine, and this one has another',
    given: asked,
    expected: holder,
    todo: `open ${asked} in a process of its own, as \`plumbline gate\` does`,
  });
}
