import * as tf from '@tensorflow/tfjs';
import { requireSame } from './same.ts';
import { openSession } from './session.ts';
import type { TensorflowBackend, TensorHandle } from './tensorflow-backend.ts';
import { tensorflowBackend } from './tensorflow-backend.ts';
import type { NamedTensors, Traced } from './trace.ts';
import { trace } from './trace.ts';

/**
 * A function of tensors by name; its caller, or the scope around the call, owns what it returns. It leaves nothing else
 * alive.
 */
export type TensorFunction<Outputs extends NamedTensors> = (inputs: NamedTensors) => Outputs;

/** A function that runs as one kernel. */
export interface CompiledFunction<Outputs extends NamedTensors> {
  readonly run: TensorFunction<Outputs>;
  /** Gives the graph back. */
  readonly dispose: () => void;
}

/** By this name a graph is found in the log of kernels. */
export const GRAPH_KERNEL = 'PlumblineGraph';

/**
 * Makes a function into a graph that libtensorflow runs as a whole, without a call from JavaScript for each kernel, and
 * with its kernels joined: small networks train several times as fast. On other engines there is nothing to compile to,
 * and the answer is undefined.
 *
 * The function is run once, on these inputs, to see what it does, and the graph is tried on them. It must be pure:
 * everything that changes from call to call is an input, of the same shape each time.
 *
 * @throws SuiteError `graph-untraceable`, `graph-differs`
 */
export async function compile<Outputs extends NamedTensors>(
  body: TensorFunction<Outputs>,
  inputs: NamedTensors,
): Promise<CompiledFunction<Outputs> | undefined> {
  const backend = tensorflowBackend();
  if (backend === undefined) return undefined;
  // Values that tfjs keeps on the host until a kernel asks for them are none of its inputs' business.
  backend.getInputTensorIds(Object.values(inputs));
  const traced = trace(backend, body, inputs);
  const compiled = load(backend, traced, Object.keys(inputs));
  try {
    await requireSame(traced.outputs, compiled.run(inputs));
  } catch (error) {
    compiled.dispose();
    throw error;
  } finally {
    tf.dispose(Object.values(traced.outputs));
  }
  return compiled;
}

function load<Outputs extends NamedTensors>(
  backend: TensorflowBackend,
  { graph, outputs, outputNames }: Traced<Outputs>,
  inputNames: readonly string[],
): CompiledFunction<Outputs> {
  registerGraphKernel();
  const session = openSession(backend, graph);
  const keys = Object.keys(outputs);
  const attributes: GraphAttributes = {
    session,
    inputNames,
    fed: inputNames.map((name) => `${name}:0`).join(','),
    fetched: outputNames.join(','),
  };
  return {
    run: (inputs) => {
      const made: tf.Tensor[] = tf.engine().runKernel(GRAPH_KERNEL, { ...inputs }, { ...attributes });
      return Object.fromEntries(keys.map((key, index) => [key, made[index]])) as Outputs;
    },
    dispose: () => {
      backend.binding.deleteSavedModel(session);
    },
  };
}

type GraphAttributes = {
  readonly session: number;
  readonly inputNames: readonly string[];
  /** Tensors of the graph that are fed, in the order of the inputs, and those that are asked for. */
  readonly fed: string;
  readonly fetched: string;
};

/** A graph goes through the registry of tfjs as a kernel, so that tape, scopes and the log of kernels know of it. */
function registerGraphKernel(): void {
  const isThere = tf.getKernelsForBackend('tensorflow').some(({ kernelName }) => kernelName === GRAPH_KERNEL);
  if (isThere) return;
  tf.registerKernel({
    kernelName: GRAPH_KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, backend: running, attrs }) => {
      const backend = running as TensorflowBackend;
      const { session, inputNames, fed, fetched } = attrs as unknown as GraphAttributes;
      const ids = backend.getInputTensorIds(inputNames.map((name) => inputs[name] as TensorHandle));
      const made = backend.binding.runSavedModel(session, ids, fed, fetched);
      return made.map((output) => backend.createOutputTensor(output));
    },
  });
}
