import * as tf from '@tensorflow/tfjs';

/** A tensor as kernels see it. */
export interface TensorHandle {
  readonly dataId: tf.DataId;
  readonly shape: number[];
  readonly dtype: tf.DataType;
}

/** An attribute as the packages hand it to libtensorflow: `type` is one of the binding's TF_ATTR numbers. */
export interface KernelAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

type Values = Float32Array | Int32Array | Uint8Array;

interface OutputMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** What a graph uses of the backend of @tensorflow/tfjs-node 4.22: every kernel goes through two of its methods. */
export interface TensorflowBackend {
  executeSingleOutput(
    name: string,
    attributes: readonly KernelAttribute[],
    inputs: TensorHandle[],
  ): TensorHandle;
  executeMultipleOutputs(
    name: string,
    attributes: readonly KernelAttribute[],
    inputs: TensorHandle[],
    count: number,
  ): TensorHandle[];
  readSync(dataId: tf.DataId): Values;
  write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId;
  getInputTensorIds(inputs: readonly TensorHandle[]): number[];
  createOutputTensor(metadata: OutputMetadata): TensorHandle;
  readonly tensorMap: { get(dataId: tf.DataId): { readonly dtype: number } };
  readonly binding: {
    loadSavedModel(folder: string, tags: string): number;
    deleteSavedModel(id: number): void;
    createTensor(shape: number[], dtype: number, values: Values): number;
    deleteTensor(id: number): void;
    tensorDataSync(id: number): Values;
    runSavedModel(
      id: number,
      inputs: readonly number[],
      inputNames: string,
      outputNames: string,
    ): OutputMetadata[];
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
  };
}

/** The backend, where it is the one of libtensorflow on the processor; graphs on a GPU have not been tried. */
export function tensorflowBackend(): TensorflowBackend | undefined {
  if (tf.getBackend() !== 'tensorflow') return undefined;
  const backend = tf.backend() as unknown as TensorflowBackend & { readonly isUsingGpuDevice: boolean };
  return backend.isUsingGpuDevice ? undefined : backend;
}
