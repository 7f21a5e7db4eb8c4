import type { Simulation } from './simulate.ts';

/** Whether the economy kept its accounts and its domain in all periods, the first ones included. */
export interface BewleyGuardReport {
  readonly resource: {
    /** Largest |C + K′ + G − Y − (1−δ) K| of any world and period. */
    readonly largest: number;
    /** The largest, over the unit roundoff 2⁻²⁴ of what there is to use, Y + (1−δ) K: some tens are rounding of sums. */
    readonly inRoundoffs: number;
  };
  /** Worlds and periods in which a floor stood in for capital or effective labour, as a share of all. */
  readonly capitalFloored: number;
  readonly laborFloored: number;
  /** Largest h of any agent. */
  readonly marginalReturnLargest: number;
}

const UNIT_ROUNDOFF = 2 ** -24;

export function guardsOf({ moments }: Simulation): BewleyGuardReport {
  let [largest, inRoundoffs, marginalReturnLargest] = [0, 0, 0];
  moments.resourceResidual.forEach((residual, index) => {
    const size = Math.abs(residual);
    largest = Math.max(largest, size);
    inRoundoffs = Math.max(inRoundoffs, size / (UNIT_ROUNDOFF * (moments.resources[index] ?? Number.NaN)));
    marginalReturnLargest = Math.max(
      marginalReturnLargest,
      moments.marginalReturnLargest[index] ?? Number.NaN,
    );
  });
  const share = (flags: Float32Array): number => flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
  return {
    resource: { largest, inRoundoffs },
    capitalFloored: share(moments.capitalFloored),
    laborFloored: share(moments.laborFloored),
    marginalReturnLargest,
  };
}
