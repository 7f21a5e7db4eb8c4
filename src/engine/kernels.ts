import * as tf from '@tensorflow/tfjs';
import { SuiteError } from '../errors.ts';

/** Kernels that ran, by the backend that ran them. */
export type KernelCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How often a kernel ran on tensors of these types. */
export interface KernelSignature {
  readonly backend: string;
  readonly kernel: string;
  /** Types of the input and output tensors, in the order of the kernel's own arguments. */
  readonly inputs: string[];
  readonly outputs: string[];
  readonly count: number;
}

/**
 * The proof of what ran, and where. It sees every kernel that goes through the registry of tfjs; a kernel that calls
 * another through the registry is counted beside it, while functions that kernels share are part of their caller.
 * All counts grow from the opening of the engine on.
 */
export interface KernelLog {
  counts(): KernelCounts;
  signatures(): readonly KernelSignature[];
  /** What has run since `before` was taken with `signatures()`. */
  signaturesSince(before: readonly KernelSignature[]): readonly KernelSignature[];
  /** Tensors that tfjs moved from one backend to another without a word, as `cpu → wasm`. */
  migrations(): Readonly<Record<string, number>>;
  /** Marks the beginning of an interval, and takes in kernels that were registered since the last one. */
  start(): void;
  /** What has run since `start`. @throws SuiteError `kernel-log-not-started`. */
  stop(): KernelCounts;
}

/** A kernel log that is in place, and the way to take it out again. */
export interface InstalledKernelLog {
  readonly log: KernelLog;
  /** Puts the kernels back; those that others have replaced in the meantime stay theirs. */
  readonly uninstall: () => void;
}

type Tally = { -readonly [Key in keyof KernelSignature]: KernelSignature[Key] };
type Wrapped = { readonly original: tf.KernelConfig; readonly counting: tf.KernelConfig };

/** Puts a counting version in the place of every kernel of every backend of this process. */
export function installKernelLog(): InstalledKernelLog {
  const tallies: Tally[] = [];
  const wrapped = new Map<string, Wrapped>();
  const migrations = new Map<string, number>();

  const wrapAll = (): void => {
    for (const original of tf
      .engine()
      .backendNames()
      .flatMap((name) => tf.getKernelsForBackend(name))) {
      const key = `${original.backendName}/${original.kernelName}`;
      if (wrapped.has(key)) continue;
      const counting = countingVersion(original, tallies);
      replaceKernel(counting);
      wrapped.set(key, { original, counting });
    }
  };
  wrapAll();
  const unwatchMoves = watchMoves((path) => migrations.set(path, (migrations.get(path) ?? 0) + 1));

  let started: readonly KernelSignature[] | undefined;
  const signatures = (): readonly KernelSignature[] => tallies.map((tally) => ({ ...tally }));
  const log: KernelLog = {
    counts: () => countsOf(tallies),
    signatures,
    signaturesSince: (before) => difference(before, tallies),
    migrations: () => Object.fromEntries(migrations),
    start: () => {
      wrapAll();
      started = signatures();
    },
    stop: () => {
      if (started === undefined) {
        throw new SuiteError({
          code: 'kernel-log-not-started',
          what: 'the kernel log was stopped before it was started',
          todo: 'call start() before the work whose kernels are to be counted',
        });
      }
      const ran = difference(started, tallies);
      started = undefined;
      return countsOf(ran);
    },
  };
  let isInstalled = true;
  const uninstall = (): void => {
    // A second time, the kernels may be those of another log.
    if (!isInstalled) return;
    isInstalled = false;
    unwatchMoves();
    for (const { original, counting } of wrapped.values()) {
      if (tf.getKernel(counting.kernelName, counting.backendName) === counting) replaceKernel(original);
    }
  };
  return { log, uninstall };
}

/** `wasm: Concat(float32,int32)->int32` */
export function signatureText({ backend, kernel, inputs, outputs }: KernelSignature): string {
  return `${backend}: ${kernel}(${inputs.join(',')})->${outputs.join(',')}`;
}

/** The same kernel, which also takes note of each run that ends. */
function countingVersion(original: tf.KernelConfig, tallies: Tally[]): tf.KernelConfig {
  const { kernelName: kernel, backendName: backend } = original;
  const known: Tally[] = [];
  return {
    ...original,
    kernelFunc: (call) => {
      const made = original.kernelFunc(call);
      for (const tally of known) {
        if (isOfTypes(call.inputs, tally.inputs) && isOfTypes(made, tally.outputs)) {
          tally.count += 1;
          return made;
        }
      }
      const tally = { backend, kernel, inputs: typesOf(call.inputs), outputs: typesOf(made), count: 1 };
      known.push(tally);
      tallies.push(tally);
      return made;
    },
  };
}

/** What kernels take and give: a tensor, a list of tensors, or tensors by name, of which optional ones may be missing. */
type Tensors = tf.TensorInfo | tf.TensorInfo[] | tf.NamedTensorInfoMap;

function typesOf(tensors: Tensors): string[] {
  if (isTensor(tensors)) return [tensors.dtype];
  return Object.values(tensors).flatMap((tensor: tf.TensorInfo | undefined) => tensor?.dtype ?? []);
}

/** Whether `typesOf` would give these types. Runs at every kernel, and makes nothing. */
function isOfTypes(tensors: Tensors, types: readonly string[]): boolean {
  if (isTensor(tensors)) return types.length === 1 && tensors.dtype === types[0];
  if (Array.isArray(tensors)) {
    return tensors.length === types.length && tensors.every(({ dtype }, index) => dtype === types[index]);
  }
  let index = 0;
  for (const name in tensors) {
    const tensor = tensors[name];
    if (tensor == null) continue;
    if (tensor.dtype !== types[index]) return false;
    index += 1;
  }
  return index === types.length;
}

function isTensor(tensors: Tensors): tensors is tf.TensorInfo {
  return 'dataId' in tensors && 'dtype' in tensors;
}

function countsOf(signatures: readonly KernelSignature[]): KernelCounts {
  const counts: Record<string, Record<string, number>> = {};
  for (const { backend, kernel, count } of signatures) {
    const kernels = (counts[backend] ??= {});
    kernels[kernel] = (kernels[kernel] ?? 0) + count;
  }
  return counts;
}

/** Tallies are only ever appended, so those of `before` are the first ones of `after`. */
function difference(
  before: readonly KernelSignature[],
  after: readonly KernelSignature[],
): readonly KernelSignature[] {
  return after
    .map((signature, index) => ({ ...signature, count: signature.count - (before[index]?.count ?? 0) }))
    .filter(({ count }) => count > 0);
}

function replaceKernel(kernel: tf.KernelConfig): void {
  tf.unregisterKernel(kernel.kernelName, kernel.backendName);
  tf.registerKernel(kernel);
}

/** Every backend asks the engine object of tfjs for data that it does not own; this listens there. */
function watchMoves(onMove: (path: string) => void): () => void {
  const engine = tf.engine();
  const nameOf = (backend: unknown): string =>
    Object.entries(engine.registry).find(([, instance]) => instance === backend)?.[0] ?? 'unknown';
  const move = engine.moveData.bind(engine);
  engine.moveData = (to, dataId) => {
    onMove(`${nameOf(engine.state.tensorInfo.get(dataId)?.backend)} → ${nameOf(to)}`);
    move(to, dataId);
  };
  return () => {
    Reflect.deleteProperty(engine, 'moveData');
  };
}
