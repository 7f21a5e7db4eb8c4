import * as tf from '@tensorflow/tfjs';
import { SuiteError } from '../../errors.ts';
import type { Attribute, Graph, GraphConstant, GraphNode } from './saved-model.ts';
import type { KernelAttribute, TensorflowBackend, TensorHandle } from './tensorflow-backend.ts';

/** Tensors by name. */
export type NamedTensors = Readonly<Record<string, tf.Tensor>>;

/** What a function did with its inputs: its graph, its value that time, and which tensor of the graph each output is. */
export interface Traced<Outputs extends NamedTensors> {
  readonly graph: Graph;
  readonly outputs: Outputs;
  readonly outputNames: readonly string[];
}

/**
 * Runs a function once, and takes down every kernel that it runs. Tensors that it makes from numbers become part of the
 * graph.
 *
 * @throws SuiteError `graph-untraceable` when it uses a tensor that is neither an input nor made inside, reads the value
 * of a tensor, or gives back one that it did not compute.
 */
export function trace<Outputs extends NamedTensors>(
  backend: TensorflowBackend,
  body: (inputs: NamedTensors) => Outputs,
  inputs: NamedTensors,
): Traced<Outputs> {
  const nodes: GraphNode[] = [];
  const constants: GraphConstant[] = [];
  const written = new WeakSet<tf.DataId>();
  const names = new WeakMap<tf.DataId, string>();
  for (const [name, { dataId }] of Object.entries(inputs)) names.set(dataId, `${name}:0`);
  const own = methodsOf(backend);

  const nameOf = ({ dataId, shape }: TensorHandle): string => {
    const known = names.get(dataId);
    if (known !== undefined) return known;
    if (!written.has(dataId)) throw untraceable('it uses a tensor from outside that is not among its inputs');
    const values = own.readSync(dataId);
    const name = `constant${constants.length}`;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    constants.push({ name, type: backend.tensorMap.get(dataId).dtype, shape, bytes });
    names.set(dataId, `${name}:0`);
    return `${name}:0`;
  };
  const record = (
    operation: string,
    attributes: readonly KernelAttribute[],
    given: TensorHandle[],
    run: () => TensorHandle[],
  ): TensorHandle[] => {
    // Before it runs: a kernel may give its input back.
    const from = given.map(nameOf);
    const made = run();
    const name = `kernel${nodes.length}`;
    nodes.push({ name, operation, inputs: from, attributes: attributesOf(backend, attributes) });
    made.forEach(({ dataId }, index) => names.set(dataId, `${name}:${index}`));
    return made;
  };

  Object.assign(backend, {
    executeSingleOutput: (operation, attributes, given) => {
      const [made] = record(operation, attributes, given, () => [
        own.executeSingleOutput(operation, attributes, given),
      ]);
      if (made === undefined) throw untraceable(`${operation} gave nothing back`);
      return made;
    },
    executeMultipleOutputs: (operation, attributes, given, count) =>
      record(operation, attributes, given, () =>
        own.executeMultipleOutputs(operation, attributes, given, count),
      ),
    write: (values, shape, dtype) => {
      const dataId = own.write(values, shape, dtype);
      written.add(dataId);
      return dataId;
    },
    readSync: () => {
      throw untraceable('it reads the value of a tensor, which a graph does not have when it is made');
    },
  } satisfies Partial<TensorflowBackend>);
  let outputs: Outputs;
  try {
    outputs = body(inputs);
  } finally {
    // What hides the methods of the class is taken away again.
    for (const method of Object.keys(own)) Reflect.deleteProperty(backend, method);
  }
  const outputNames = Object.values(outputs).map(({ dataId }) => names.get(dataId) ?? '');
  const computed = new Set(nodes.map(({ name }) => name));
  const missing = outputNames.findIndex((name) => !computed.has(name.split(':')[0] ?? ''));
  if (missing >= 0) {
    tf.dispose(Object.values(outputs));
    throw untraceable(`its output ${Object.keys(outputs)[missing] ?? ''} is not computed from its inputs`);
  }
  const fed = Object.entries(inputs).map(([name, { dataId, shape }]) => ({
    name,
    type: backend.tensorMap.get(dataId).dtype,
    shape,
  }));
  return { graph: { inputs: fed, constants, nodes }, outputs, outputNames };
}

/** The methods that every kernel goes through, bound to their backend. */
function methodsOf(backend: TensorflowBackend) {
  return {
    executeSingleOutput: backend.executeSingleOutput.bind(backend),
    executeMultipleOutputs: backend.executeMultipleOutputs.bind(backend),
    write: backend.write.bind(backend),
    readSync: backend.readSync.bind(backend),
  };
}

function attributesOf(
  { binding }: TensorflowBackend,
  attributes: readonly KernelAttribute[],
): Readonly<Record<string, Attribute>> {
  const entries = attributes.map(({ name, type, value }): [string, Attribute] => {
    if (type === binding.TF_ATTR_TYPE && typeof value === 'number') return [name, { kind: 'type', value }];
    if (type === binding.TF_ATTR_BOOL && typeof value === 'boolean') return [name, { kind: 'bool', value }];
    if (type === binding.TF_ATTR_INT && typeof value === 'number') return [name, { kind: 'int', value }];
    if (type === binding.TF_ATTR_FLOAT && typeof value === 'number') return [name, { kind: 'float', value }];
    if (type === binding.TF_ATTR_STRING && typeof value === 'string')
      return [name, { kind: 'string', value }];
    throw untraceable(`the attribute ${name} is a list or a shape, which graphs here do not write`);
  });
  return Object.fromEntries(entries);
}

function untraceable(given: string): SuiteError {
  return new SuiteError({
    code: 'graph-untraceable',
    what: 'a function of tensors cannot be made into a graph',
    given,
    expected: 'a function that computes tensors from its inputs and from numbers that never change',
    todo: 'make what changes an input, or run the function without compiling it',
  });
}
