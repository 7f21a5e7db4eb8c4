import type { KernelCounts } from './subject.ts';

/** Kernels that ran between two readings of a cumulative count. */
export function kernelsBetween(before: KernelCounts, after: KernelCounts): KernelCounts {
  const difference: Record<string, Record<string, number>> = {};
  for (const [backend, kernels] of Object.entries(after)) {
    for (const [kernel, count] of Object.entries(kernels)) {
      const ran = count - (before[backend]?.[kernel] ?? 0);
      if (ran > 0) (difference[backend] ??= {})[kernel] = ran;
    }
  }
  return difference;
}

/** Why a verdict cannot stand as one of `engine`: kernels of another backend ran. `undefined` when it can. */
export function foreignKernels(kernels: KernelCounts | undefined, engine: string): string | undefined {
  if (kernels === undefined) return undefined;
  const foreign = Object.entries(kernels).filter(([backend]) => backend !== backendOf(engine));
  if (foreign.length === 0) return undefined;
  const names = foreign.map(([backend, ran]) => `${Object.keys(ran).join(', ')} on ${backend}`);
  return `engine ${engine} was asked for, but kernels ran elsewhere: ${names.join('; ')}`;
}

/** tfjs registers both native engines as `tensorflow`. */
function backendOf(engine: string): string {
  return engine === 'tensorflow-gpu' ? 'tensorflow' : engine;
}
