import type { EngineDescription } from './describe.ts';
import { describeNative } from './engines/native.ts';
import { loadWebgpu, unloadWebgpu, webgpuDevice } from './engines/webgpu.ts';
import { describeWebgpu } from './engines/webgpu-driver.ts';
import type { EngineName } from './names.ts';

/** What is known of an engine before it is opened. */
export interface EngineEntry {
  readonly name: EngineName;
  /** The name that it is registered under in tfjs; both native engines register as `tensorflow`. */
  readonly backend: string;
  /** The npm package whose version is the version of the engine. */
  readonly package: string;
  readonly role: string;
  /** What the machine must have beside the package. */
  readonly needs: string;
  /** The command that adds it where it is missing. */
  readonly command: string;
  /** Looks whether it is here, where that takes more than its package. Loads nothing. */
  readonly describe?: () => EngineDescription;
  /** Makes tfjs know the backend. Absent: this version of Plumbline does not open the engine. */
  readonly load?: () => Promise<void>;
  /** The device that computes, asked once the engine is open; absent where it is the processor. */
  readonly device?: () => string;
  /** Gives back, when the engine is closed, what would keep the process from ending. */
  readonly unload?: () => void;
}

export type EngineCatalogue = Readonly<Record<EngineName, EngineEntry>>;

/** Every engine; one more is a file in `engines/` with its `load`, and its line here. */
export const ENGINES: EngineCatalogue = {
  wasm: {
    name: 'wasm',
    backend: 'wasm',
    package: '@tensorflow/tfjs-backend-wasm',
    role: 'the embedded default',
    needs: 'nothing',
    command: 'npm install @tensorflow/tfjs-backend-wasm',
    load: async () => (await import('./engines/wasm.ts')).loadWasm(),
  },
  cpu: {
    name: 'cpu',
    backend: 'cpu',
    package: '@tensorflow/tfjs-backend-cpu',
    role: 'slow second opinion',
    needs: 'nothing',
    command: 'npm install @tensorflow/tfjs-backend-cpu',
    load: async () => (await import('./engines/cpu.ts')).loadCpu(),
  },
  webgpu: {
    name: 'webgpu',
    backend: 'webgpu',
    package: '@tensorflow/tfjs-backend-webgpu',
    role: 'the GPU everywhere',
    needs: 'a Vulkan, Metal or D3D12 driver',
    command: 'npm run setup:webgpu',
    describe: describeWebgpu,
    load: loadWebgpu,
    device: webgpuDevice,
    unload: unloadWebgpu,
  },
  tensorflow: {
    name: 'tensorflow',
    backend: 'tensorflow',
    package: '@tensorflow/tfjs-node',
    role: 'the fast CPU',
    needs: 'libtensorflow',
    command: 'npm run setup:tensorflow',
    describe: () => describeNative('tensorflow'),
    load: async () => (await import('./engines/tensorflow.ts')).loadTensorflow(),
  },
  'tensorflow-gpu': {
    name: 'tensorflow-gpu',
    backend: 'tensorflow',
    package: '@tensorflow/tfjs-node-gpu',
    role: 'NVIDIA',
    needs: 'libtensorflow with CUDA',
    command: 'npm run setup:tensorflow -- --gpu',
    describe: () => describeNative('tensorflow-gpu'),
    load: async () => (await import('./engines/tensorflow-gpu.ts')).loadTensorflowGpu(),
  },
};
