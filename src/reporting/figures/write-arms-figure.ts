import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import type { ArmCurve } from './arms-figure.ts';
import { armsFigure } from './arms-figure.ts';
import { PNG_WIDTH } from './figure.ts';
import { withFonts } from './fonts.ts';
import { png } from './png.ts';

/**
 * Writes `figures/METRIC.svg` and `.png` under a folder, and answers the path of the picture for a page there.
 *
 * @throws InputError `not-writable`
 */
export function writeArmsFigure(folder: string, metric: string, curves: readonly ArmCurve[]): string {
  const svg = armsFigure(metric, curves);
  const name = join('figures', metric.replaceAll(/[^\w.-]/gu, '-'));
  writeAtomically(join(folder, `${name}.svg`), withFonts(svg));
  writeAtomically(join(folder, `${name}.png`), png(svg, { width: PNG_WIDTH }));
  return `${name.replaceAll('\\', '/')}.svg`;
}
