import type { PpoReturnSettings } from './configuration.ts';
import type { PpoKit } from './kit.ts';
import { normaliseBy } from './popart.ts';
import type { ReturnMoments, ReturnScale } from './return-moments.ts';
import { scaleOf } from './return-moments.ts';

/** What value heads are to learn, and in which units. */
export interface ValueTargets {
  /** (n, C), in the units of the loss. */
  readonly targets: Float64Array;
  /** Of the returns, this update included. */
  readonly moments: ReturnMoments;
  /** Units of the loss: predictions times its deviation plus its mean are returns. */
  readonly units: ReturnScale;
  /** (C): standard deviation of the returns, in the units of the loss. */
  readonly deviation: Float64Array;
}

/** Targets of the returns (n, C) of an update: standardised by their moments with `popart`, else as they are. */
export function valueTargets(
  kit: PpoKit,
  returns: Float64Array,
  past: ReturnMoments,
  settings: Pick<PpoReturnSettings, 'normalisation' | 'decay'>,
): ValueTargets {
  const moments = kit.addReturns(past, returns, settings.decay);
  const units = kit.unitsOf(moments, settings);
  const { deviation } = scaleOf(moments);
  return {
    targets: normaliseBy(units, returns),
    moments,
    units,
    deviation: deviation.map((value, component) => value / (units.deviation[component] ?? Number.NaN)),
  };
}

/** Units in which values are predicted: those of the moments with `popart`, else those of the rewards. */
export function unitsOf(
  moments: ReturnMoments,
  { normalisation }: Pick<PpoReturnSettings, 'normalisation'>,
): ReturnScale {
  if (normalisation === 'popart') return scaleOf(moments);
  return { mean: moments.first.map(() => 0), deviation: moments.first.map(() => 1) };
}
