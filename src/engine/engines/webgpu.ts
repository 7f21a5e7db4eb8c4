import {
  engine,
  env,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs';
import type { Driver } from './webgpu-driver.ts';
import { pollPatiently } from './webgpu-patience.ts';
import { driverHere, nameDriver, softwareDriver } from './webgpu-driver.ts';

/** As far as they are used here: WebGPU as Dawn gives it to Node. Its types are not needed to check ours. */
interface Dawn {
  readonly create: (options: string[]) => Gpu;
  readonly globals: Readonly<Record<string, unknown>>;
}
interface Gpu {
  requestAdapter: (options?: unknown) => Promise<Adapter | null>;
}
interface Adapter {
  readonly info: AdapterInfo;
}
interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Absent before Dawn of 2024. */
  readonly isFallbackAdapter?: boolean;
}

/** Options of Dawn, separated by `;`: `adapter=NVIDIA` picks one of several GPUs, `backend=vulkan` an interface. */
const OPTIONS_VARIABLE = 'PLUMBLINE_DAWN';

const BACKEND = 'webgpu';

let adapterInfo: AdapterInfo | undefined;
let pollAsBefore: (() => void) | undefined;

/**
 * Makes tfjs know its WebGPU backend, on Dawn, and starts it.
 *
 * The driver is the one that the environment names, else one that is installed, else SwiftShader. Dawn's `null`
 * backend, which answers everything with garbage, is refused.
 *
 * @throws Error when Dawn offers no adapter, or that one.
 */
export async function loadWebgpu(): Promise<void> {
  // By name at run time: the packages are optional, and the type check must not need them.
  const dawn = (await import(nameOf('webgpu'))) as Dawn;
  const { gpu, info } = await openAdapter(dawn);
  adapterInfo = info;
  if (info.isFallbackAdapter === true) pollAsBefore ??= pollPatiently();
  Object.assign(globalThis, dawn.globals);
  provide(gpu);
  await import(nameOf('@tensorflow/tfjs-backend-webgpu'));
  restart();
  // Otherwise tensors of less than 1000 elements are computed by plain JavaScript, under the name of this backend.
  env().set('WEBGPU_CPU_FORWARD', false);
  // What comes of it is checked where every engine is opened.
  await setBackend(BACKEND);
}

/** The adapter that computes: `SwiftShader driver 5.0.0 (google swiftshader), software`. */
export function webgpuDevice(): string {
  if (adapterInfo === undefined) return 'none';
  const { vendor, architecture, device, description, isFallbackAdapter } = adapterInfo;
  const [name = 'unknown', ...more] = [
    description,
    device,
    [vendor, architecture].filter((part) => part !== '').join(' '),
  ].filter((part) => part !== '');
  return `${name}${more.length === 0 ? '' : ` (${more.join(', ')})`}${isFallbackAdapter === true ? ', software' : ''}`;
}

/**
 * Gives the GPU back. Without this Dawn asks it for news in every turn of the event loop, and Node never ends. Tensors
 * that are still there are lost; the backend stays that of the process, and fails.
 */
export function unloadWebgpu(): void {
  pollAsBefore?.();
  pollAsBefore = undefined;
  const backend: unknown = engine().registry[BACKEND];
  if (hasDevice(backend)) backend.device.destroy();
}

async function openAdapter(dawn: Dawn): Promise<{ gpu: Gpu; info: AdapterInfo }> {
  const options = (process.env[OPTIONS_VARIABLE] ?? '').split(';').filter((option) => option !== '');
  const first = driverHere();
  // Drivers may be installed, and fit no GPU that is here, or not be good enough for Dawn.
  const drivers = first?.kind === 'installed' ? [first, softwareDriver()] : [first];
  for (const driver of drivers) {
    if (driver === undefined) continue;
    if (driver.kind === 'software') nameDriver(driver.manifest);
    const gpu = dawn.create(options);
    const info = (await gpu.requestAdapter({ powerPreference: 'high-performance' }))?.info;
    if (info === undefined) continue;
    requireReal(info);
    return { gpu, info };
  }
  throw new Error(`Dawn offers no adapter (tried: ${drivers.map(describeDriver).join(', then ')})`);
}

/** @throws Error for Dawn's `null` backend, which runs nothing and leaves results as they happen to be. */
function requireReal({ device }: AdapterInfo): void {
  if (!/\bnull\b/i.test(device)) return;
  throw new Error(`Dawn offers its null backend (${device}), which computes nothing`);
}

function describeDriver(driver: Driver | undefined): string {
  if (driver === undefined) return 'no driver was found';
  if (driver.kind === 'software') return driver.manifest;
  if (driver.kind === 'named')
    return `VK_DRIVER_FILES=${process.env['VK_DRIVER_FILES'] ?? process.env['VK_ICD_FILENAMES'] ?? ''}`;
  return driver.kind === 'system'
    ? 'the graphics interface of the system'
    : 'the Vulkan drivers that are installed';
}

/** Puts the GPU where browsers have it. Node has a navigator from version 21 on. */
function provide(gpu: Gpu): void {
  const host = globalThis as { navigator?: object };
  if (host.navigator === undefined) {
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true, writable: true });
  }
  Object.defineProperty(host.navigator, 'gpu', { value: gpu, configurable: true });
}

/** A backend whose device was given back does not come to life again: the next one is a new one. */
function restart(): void {
  const factory = findBackendFactory(BACKEND);
  if (!(BACKEND in engine().registry)) return;
  removeBackend(BACKEND);
  registerBackend(BACKEND, factory);
}

function hasDevice(backend: unknown): backend is { readonly device: { readonly destroy: () => void } } {
  return typeof backend === 'object' && backend !== null && 'device' in backend;
}

/** Keeps the type checker from looking for a package that may not be here. */
function nameOf(name: string): string {
  return name;
}
