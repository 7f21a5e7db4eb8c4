import type { OpenEngine } from '../engine/open.ts';
import type { TensorMemory } from '../engine/memory.ts';
import { riseOf } from './rise.ts';

/** What an engine was made to do by the same units of work, counted from the start: equal for equal code. */
export interface UnitCounts {
  readonly units: number;
  /** Kernels that ran for all of them. */
  readonly kernels: number;
  /** Tensors that are alive after them, and their bytes. */
  readonly alive: TensorMemory;
  /** By how many those rose over all of the units; none where they fall back in the second half to what they were in the first. */
  readonly grown: TensorMemory;
}

/** Does so many units, and counts; without an engine there is nothing to count. */
export async function countUnits(
  step: () => Promise<void>,
  units: number,
  engine: OpenEngine | undefined,
): Promise<UnitCounts | undefined> {
  if (engine === undefined) {
    for (let unit = 0; unit < units; unit += 1) await step();
    return undefined;
  }
  const before = engine.memory();
  const held = [before];
  // What the benchmark compiled when it began is a kernel of its own, which the log takes in here.
  engine.kernels.start();
  for (let unit = 0; unit < units; unit += 1) {
    await step();
    held.push(engine.memory());
  }
  const kernels = Object.values(engine.kernels.stop())
    .flatMap((counts) => Object.values(counts))
    .reduce((sum, count) => sum + count, 0);
  const alive = engine.memory();
  if (kernels === 0 && alive.tensors === 0)
    throw new Error(
      `no kernel ran on ${engine.name}: the work is done by another copy of tfjs, or touches no tensor (engines: ['host'])`,
    );
  const grown = (key: keyof TensorMemory): number => {
    const rise = riseOf(held.map((memory) => memory[key]));
    // Beside a leak, a buffer may be fuller at the start than at the end.
    return rise > 0 ? Math.max(rise, alive[key] - before[key]) : 0;
  };
  return { units, kernels, alive, grown: { tensors: grown('tensors'), bytes: grown('bytes') } };
}
