import { join } from 'node:path';
import { mergeLayers } from '../../models/merge-layers.ts';
import type { NkConfiguration } from '../../models/nk/index.ts';
import { parseNkConfiguration } from '../../models/nk/index.ts';
import type { Kit } from '../../subjects/index.ts';
import { newestCheckpoint, RUN_FILES } from '../../training/run-directory/index.ts';
import { recipeLayers } from './recipe-layers.ts';
import type { LogRow, RecordedRun } from './record-run.ts';
import type { RunRecipe } from './recipes.ts';
import { broadcastFloor, policySizeOf } from './policy-size.ts';

/** What a person would read off the end of a log of the New Keynesian model. */
export interface NkSummary {
  /** Means over the last fifth of the log. */
  readonly is: number;
  readonly phillips: number;
  readonly phillipsOverIs: number;
  /** IS loss of policies that answer a random state of another sample best, which is with zero; and the share of it that is left. */
  readonly isFloor: number;
  readonly isOverFloor: number;
  /** Root mean square of the network's X over that of the closed form, on ergodic states: 0 is flat, 1 is right. */
  readonly policySize: number;
}

/** Reads a log as a person would. */
export async function nkSummary(
  kit: Kit,
  recipe: RunRecipe,
  seed: number,
  run: RecordedRun,
): Promise<NkSummary> {
  const configuration: NkConfiguration = mergeLayers(parseNkConfiguration, recipeLayers(recipe));
  const tail = run.rows.slice(-Math.ceil(run.rows.length / 5));
  const mean = (name: string): number => tail.reduce((sum, row) => sum + (row[name] ?? NaN), 0) / tail.length;
  const [is, phillips] = [mean('is'), mean('phillips')];
  const isFloor = broadcastFloor(kit.nk, configuration, seed);
  const weights = newestCheckpoint(join(run.path, RUN_FILES.checkpoints))?.state.tensors['weights']?.data;
  const policySize =
    weights === undefined || run.ended !== undefined
      ? NaN
      : await policySizeOf(kit.nk, configuration, weights, seed);
  return { is, phillips, phillipsOverIs: phillips / is, isFloor, isOverFloor: is / isFloor, policySize };
}

/** A run, and what can be read off it. */
export interface NkStory {
  readonly run: RecordedRun;
  readonly summary: NkSummary;
}

/** The two runs side by side: a few rows of the log, then what can be read off its end. */
export function nkStoryRows({
  faulty,
  correct,
}: Readonly<Record<'faulty' | 'correct', NkStory>>): readonly (readonly string[])[] {
  const last = correct.run.rows.length - 1;
  const shown = new Set([0, 0.1, 0.3, 1].map((share) => Math.round(share * last)));
  const rows = [...shown].map((index) => {
    const [good, bad] = [correct.run.rows[index], faulty.run.rows[index]];
    return [`step ${good?.['step'] ?? '?'}`, losses(good), losses(bad)];
  });
  const summaries: readonly (readonly [string, keyof NkSummary])[] = [
    ['IS loss, last fifth', 'is'],
    ['Phillips loss, last fifth', 'phillips'],
    ['Phillips over IS', 'phillipsOverIs'],
    ['IS loss of flat policies that meet every state', 'isFloor'],
    ['IS loss over that floor', 'isOverFloor'],
    ['size of X against the closed form', 'policySize'],
  ];
  return [
    ['', 'correct', 'faulty'],
    ...rows,
    ...summaries.map(([label, name]) => [label, number(correct.summary[name]), number(faulty.summary[name])]),
  ];
}

function losses(row: LogRow | undefined): string {
  return row === undefined ? '–' : `IS ${number(row['is'])}, Phillips ${number(row['phillips'])}`;
}

function number(value: number | null = NaN): string {
  return value !== null && Number.isFinite(value) ? value.toPrecision(3) : String(value);
}
