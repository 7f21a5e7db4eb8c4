import { join } from 'node:path';
import { writeAtomically } from '../../atomic-write.ts';
import { bewleyEulerFigure } from './bewley-euler-figure.ts';
import type { BewleyFigureData } from './bewley-figure-data.ts';
import { bewleyPolicyFigure } from './bewley-policy-figure.ts';
import type { BewleyTrainingReference, BewleyTrainingRow } from './bewley-training-figure.ts';
import { bewleyTrainingFigure } from './bewley-training-figure.ts';
import { bewleyWealthFigure } from './bewley-wealth-figure.ts';
import { withFonts } from './fonts.ts';
import { png } from './png.ts';

/** What the figures of a Bewley run show, and where they go. */
export interface BewleyFigures {
  /** Without one there is no figure but that of the training. */
  readonly evaluation?: BewleyFigureData;
  readonly log: readonly BewleyTrainingRow[];
  /** Default: that of the evaluation. */
  readonly reference?: BewleyTrainingReference;
  /** The run directory. */
  readonly folder: string;
}

/** 300 dots an inch at 16 cm. */
const PNG_WIDTH = 1890;

/**
 * Writes `figures/training`, and of an evaluation `policies`, `wealth` and `euler-errors`, under a folder, each as `.svg`
 * and `.png`, and answers their paths.
 *
 * @throws InputError `not-writable`
 */
export function writeBewleyFigures({
  evaluation,
  log,
  reference = referenceOf(evaluation),
  folder,
}: BewleyFigures): readonly string[] {
  const figures = {
    ...(evaluation === undefined
      ? {}
      : {
          policies: bewleyPolicyFigure(evaluation.policies.curves),
          wealth: bewleyWealthFigure(evaluation.wealth, evaluation.quantities.shareConstrained),
          'euler-errors': bewleyEulerFigure(evaluation.euler),
        }),
    training: bewleyTrainingFigure(log, reference),
  };
  return Object.entries(figures).flatMap(([name, svg]) => {
    const path = join(folder, 'figures', name);
    writeAtomically(`${path}.svg`, withFonts(svg));
    writeAtomically(`${path}.png`, png(svg, { width: PNG_WIDTH }));
    return [`${path}.svg`, `${path}.png`];
  });
}

function referenceOf(evaluation: BewleyFigureData | undefined): BewleyTrainingReference | undefined {
  if (evaluation === undefined) return undefined;
  const { capitalLabor, labor, savingsRatio } = evaluation.quantities;
  return {
    capitalLabor: capitalLabor.reference,
    labor: labor.reference,
    savingsRatio: savingsRatio.reference,
  };
}
