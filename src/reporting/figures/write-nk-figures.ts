import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import { PNG_WIDTH } from './figure.ts';
import { withFonts } from './fonts.ts';
import type { NkLossOptions, NkLossRow } from './nk-loss-figure.ts';
import { nkLossFigure } from './nk-loss-figure.ts';
import type { NkPolicyData } from './nk-policy-figure.ts';
import { nkPolicyFigure } from './nk-policy-figure.ts';
import { png } from './png.ts';

/** What the figures of a run show, and where they go. */
export interface NkFigures extends NkLossOptions {
  readonly curves: NkPolicyData;
  readonly log: readonly NkLossRow[];
  /** The run directory. */
  readonly folder: string;
}

/**
 * Writes `figures/policy-output`, `policy-inflation` and `loss` under a folder, each as `.svg` and `.png`, and answers
 * their paths.
 *
 * @throws InputError `not-writable`
 */
export function writeNkFigures({ curves, log, folder, ...options }: NkFigures): readonly string[] {
  const figures = {
    'policy-output': nkPolicyFigure(curves, 'output'),
    'policy-inflation': nkPolicyFigure(curves, 'inflation'),
    loss: nkLossFigure(log, options),
  };
  return Object.entries(figures).flatMap(([name, svg]) => {
    const path = join(folder, 'figures', name);
    writeAtomically(`${path}.svg`, withFonts(svg));
    writeAtomically(`${path}.png`, png(svg, { width: PNG_WIDTH }));
    return [`${path}.svg`, `${path}.png`];
  });
}
