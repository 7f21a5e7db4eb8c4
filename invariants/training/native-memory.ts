import fc from 'fast-check';
import { theilSen } from '../../src/numerics/robust.ts';
import type { TRAINED_MODELS } from '../../src/verification/contracts/index.ts';
import { trainingProcessMemory } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';

/** How often memory is read; readings while caches and pools fill, and readings that are judged. */
interface Readings {
  /** Steps between two readings: collecting garbage takes longer than a step. */
  readonly every: number;
  readonly warmUp: number;
  /** At least 8, or the interval of Sen at this error rate has no end. */
  readonly judged: number;
}

/** 256 KiB a step: a run of 50,000 steps would lose 12 GiB. */
const BUDGET_BYTES = 256 * 1024;

/** One-sided error rate of the slope's confidence bounds. */
const ERROR_RATE = 1e-3;

/** The memory of the process does not grow with the steps of a trainer, even where no tensor is counted. */
function nativeMemoryOf(id: string, model: (typeof TRAINED_MODELS)[number], readings: Readings): Law {
  const { every, warmUp, judged } = readings;
  return law({
    id,
    statement: `After warm-up the memory of the process grows by less than the budget a step of the trainer of ${model}.`,
    formula: 'lower confidence bound of the Theil–Sen slope of process bytes < 256 KiB a step',
    guards:
      'memory outside the tensor count: native buffers, caches, closures; the count is flat and the machine swaps',
    suspects: 'native allocations, caches keyed by shape, listeners added at every step',
    oracle: 'statistic',
    bound:
      'Sen’s rank interval, one-sided error 0.001: violated when the lower bound exceeds the budget, holds when the upper bound is below it, else inconclusive',
    needs: [trainingProcessMemory],
    budget: { runs: 1, power: 1 },
    cases: fc.record({ seed: seeds }),
    async judge({ seed }, { call }) {
      const { residentBytes, accountedBytes } = await call(trainingProcessMemory, {
        model,
        configuration: {},
        seed,
        steps: every * (warmUp + judged),
        every,
      });
      // A leak may first fill what the allocator has kept, and physical memory then stands still for a while; and
      // what a native library takes, the runtime does not account for. So both are judged.
      return [
        slopeOf('physical memory', [...residentBytes.data], readings),
        slopeOf('memory that the runtime accounts for', [...accountedBytes.data], readings),
      ];
    },
  });
}

export const nativeMemory = nativeMemoryOf('training/native-memory', 'nk', {
  every: 10,
  warmUp: 2,
  judged: 9,
});

export const bewleyNativeMemory = nativeMemoryOf('bewley/native-memory', 'bewley', {
  // What comes and goes between two readings, 800 KiB at most, is then below the budget of the steps between them.
  every: 6,
  warmUp: 2,
  judged: 9,
});

function slopeOf(
  what: string,
  readings: readonly number[],
  { every, warmUp, judged }: Readings,
): Measurement {
  const bytes = readings.slice(warmUp);
  const quantity = `growth of the ${what} in bytes a step`;
  const steps = bytes.map((_, reading) => every * reading);
  if (bytes.length < judged || bytes.some((value) => !Number.isFinite(value))) {
    return { quantity, measured: Number.NaN, allowed: BUDGET_BYTES, got: `${bytes.length} readings` };
  }
  const { slope, lower, upper } = theilSen(steps, bytes, { confidence: 1 - 2 * ERROR_RATE });
  return {
    quantity,
    measured: Math.max(0, lower),
    allowed: BUDGET_BYTES,
    expected: `below ${BUDGET_BYTES}`,
    got: `${slope.toFixed(0)} (${lower.toFixed(0)} … ${upper.toFixed(0)})`,
    ...(upper > BUDGET_BYTES
      ? {
          inconclusive: `slope ${slope.toFixed(0)} bytes a step, but up to ${upper.toFixed(0)} cannot be ruled out`,
        }
      : {}),
  };
}
