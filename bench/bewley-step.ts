import { mergeLayers } from '../src/models/merge-layers.ts';
import type { BewleyConfiguration, BewleyTrainerKit } from '../src/models/bewley/index.ts';
import { parseBewleyConfiguration } from '../src/models/bewley/index.ts';
import { overlay } from '../src/models/overlay.ts';
import { layerNamed } from '../src/models/presets.ts';
import { streamOf } from '../src/numerics/stream.ts';
import { advance, close, compileStep, open } from '../src/training/bewley/progress.ts';

/** A trainer that takes a gradient step when it is asked, as `plumbline train` does. */
export interface BewleySteps {
  readonly step: () => Promise<void>;
  readonly close: () => void;
}

/** The configuration of these presets, with settings laid over it. */
export function bewleyConfigured(
  presets: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): BewleyConfiguration {
  const layers = presets.map((preset) => layerNamed('bewley', preset));
  return parseBewleyConfiguration(overlay(mergeLayers(parseBewleyConfiguration, layers), settings));
}

/** Begins a run of the Bewley trainer. */
export async function bewleySteps(
  kit: BewleyTrainerKit,
  configuration: BewleyConfiguration,
): Promise<BewleySteps> {
  const progress = open(kit, configuration, streamOf(1));
  await compileStep(progress);
  return {
    step: async () => {
      (await advance(progress)).release();
    },
    close: () => {
      close(progress);
    },
  };
}
