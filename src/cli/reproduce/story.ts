import { SubjectError } from '../../errors.ts';
import type { NkConfiguration } from '../../models/nk/index.ts';
import type { NkLogRow } from '../../training/index.ts';
import { trainNk } from '../../training/index.ts';
import type { Kit } from '../../subjects/index.ts';
import { broadcastFloor, policySizeOf } from './policy-size.ts';

/** What a run left behind. */
export interface Story {
  readonly configuration: NkConfiguration;
  readonly log: readonly NkLogRow[];
  readonly summary: StorySummary;
  /** Why it ended early, if it did. */
  readonly ended?: string;
}

/** What a person would read off the end of the log. */
export interface StorySummary {
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

export interface StorySettings {
  readonly steps: number;
  readonly seed: number;
}

/** A hundred rows a log. */
const ROWS = 100;

/** Trains once and reads the log as a person would. A run that the model itself refuses is part of the story. */
export async function storyOf(
  kit: Kit,
  overlay: Readonly<Record<string, unknown>>,
  { steps, seed }: StorySettings,
  onProgress: (step: number) => void,
): Promise<Story> {
  const configuration = kit.parseNk(overlay);
  const log: NkLogRow[] = [];
  let weights: Float32Array | undefined;
  let ended: string | undefined;
  try {
    const run = await trainNk({
      kit: kit.nk,
      configuration,
      seed,
      maximumSteps: steps,
      logEvery: Math.max(1, Math.floor(steps / ROWS)),
      onStep: ({ step }) => {
        onProgress(step);
      },
    });
    log.push(...run.log);
    weights = run.weights;
  } catch (error) {
    if (!(error instanceof SubjectError)) throw error;
    ended = error.message;
  }
  const tail = log.slice(-Math.ceil(log.length / 5));
  const mean = (read: (row: NkLogRow) => number): number =>
    tail.reduce((sum, row) => sum + read(row), 0) / tail.length;
  const [is, phillips] = [mean((row) => row.is), mean((row) => row.phillips)];
  const isFloor = broadcastFloor(kit.nk, configuration, seed);
  const policySize =
    weights === undefined ? Number.NaN : await policySizeOf(kit.nk, configuration, weights, seed);
  const summary = {
    is,
    phillips,
    phillipsOverIs: phillips / is,
    isFloor,
    isOverFloor: is / isFloor,
    policySize,
  };
  return { configuration, log, summary, ...(ended === undefined ? {} : { ended }) };
}

/** The two runs side by side: a few rows of the log, then what can be read off its end. */
export function storyRows({
  faulty,
  correct,
}: Readonly<Record<'faulty' | 'correct', Story>>): readonly (readonly string[])[] {
  const shown = [0, 0.1, 0.3, 1].map((share) =>
    Math.min(correct.log.length - 1, Math.round(share * (correct.log.length - 1))),
  );
  const rows = [...new Set(shown)].map((index) => {
    const [good, bad] = [correct.log[index], faulty.log[index]];
    return [`step ${good?.step ?? '?'}`, losses(good), losses(bad)];
  });
  const summaries: readonly (readonly [string, keyof StorySummary])[] = [
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
    ...(faulty.ended === undefined ? [] : [['ended early', '', faulty.ended.split('\n')[0] ?? '']]),
  ];
}

function losses(row: NkLogRow | undefined): string {
  return row === undefined ? '–' : `IS ${number(row.is)}, Phillips ${number(row.phillips)}`;
}

function number(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(3) : String(value);
}
