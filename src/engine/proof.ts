import { InputError } from '../errors.ts';
import type { EngineEntry } from './catalogue.ts';
import type { KernelCounts } from './kernels.ts';

/**
 * Proves by the kernels that ran that the engine, and nothing else, did the work.
 *
 * @throws InputError `engine-fell-back` when none ran, when one ran elsewhere, or when data moved between backends.
 */
export function requireOwnKernels(
  { name, backend }: EngineEntry,
  counts: KernelCounts,
  migrations: Readonly<Record<string, number>>,
): void {
  const elsewhere = Object.entries(counts).filter(([ran]) => ran !== backend);
  const stories = [
    ...elsewhere.map(([ran, kernels]) => `${Object.keys(kernels).join(', ')} on ${ran}`),
    ...Object.entries(migrations).map(([path, count]) => `${count} tensors moved ${path}`),
    ...(counts[backend] === undefined ? [`no kernel on ${backend}`] : []),
  ];
  if (stories.length === 0) return;
  throw new InputError({
    code: 'engine-fell-back',
    what: `the engine ${name} was asked for, and something else did the work`,
    given: stories.join('; '),
    expected: `kernels on ${backend} alone`,
    todo: 'see `plumbline engines`; a package that registers kernels of its own must not be loaded',
  });
}
