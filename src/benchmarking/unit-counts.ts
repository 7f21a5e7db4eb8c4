import type { OpenEngine } from '../engine/open.ts';
import type { TensorMemory } from '../engine/memory.ts';

/** What an engine was made to do by the same units of work, counted from the start: equal for equal code. */
export interface UnitCounts {
  readonly units: number;
  /** Kernels that ran for all of them. */
  readonly kernels: number;
  /** Tensors that are alive after them, and their bytes. */
  readonly alive: TensorMemory;
  /** By how many those rose over all of the units: 0 where nothing leaks. */
  readonly grown: TensorMemory;
}

/** Does so many units, and counts; without an engine there is nothing to count. */
export async function countUnits(
  step: () => Promise<void>,
  units: number,
  engine: OpenEngine | undefined,
): Promise<UnitCounts | undefined> {
  const work = async (): Promise<void> => {
    for (let unit = 0; unit < units; unit += 1) await step();
  };
  if (engine === undefined) {
    await work();
    return undefined;
  }
  const [before, kernelsBefore] = [engine.memory(), kernelsOf(engine)];
  await work();
  const [alive, kernels] = [engine.memory(), kernelsOf(engine) - kernelsBefore];
  return {
    units,
    kernels,
    alive,
    grown: { tensors: alive.tensors - before.tensors, bytes: alive.bytes - before.bytes },
  };
}

function kernelsOf({ kernels }: OpenEngine): number {
  return kernels.signatures().reduce((sum, { count }) => sum + count, 0);
}
