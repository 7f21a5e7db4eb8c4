import type { PpoConfiguration, PpoKit } from '../../models/ppo/index.ts';
import { deviationOf, samplesOf, weightedSum } from '../../models/ppo/index.ts';
import { columnMoments } from '../../numerics/running-moments.ts';
import type { Experience } from './experience.ts';
import type { PpoStepNumbers } from './gradient.ts';
import { counters } from './counters.ts';
import type { PpoUpdate } from './observation.ts';
import type { EndedEpisode } from './rollout.ts';

/** Numbers of one update, by name. What there was not, as an episode that ended, is absent. */
export type PpoLogRow = Readonly<Record<string, number>> & { readonly step: number };

/** What a row is made with. */
export interface LogRowInput {
  readonly configuration: PpoConfiguration;
  /** Names of the components of the reward, and what they weigh. */
  readonly rewards: readonly string[];
  /** How many of them, the first ones, the task has by itself: shaping comes after. */
  readonly own: number;
  readonly rewardWeights: readonly number[];
}

/**
 * What the log keeps of an update. Names are CleanRL's where it has one: losses without any weight, `approx_kl` k3 and
 * `old_approx_kl` k1, `entropy` positive; means over the gradient steps of the update, where CleanRL has its last.
 */
export function logRowOf(kit: PpoKit, update: PpoUpdate, input: LogRowInput): PpoLogRow {
  const { step, learningRate, epochs } = update;
  const steps = epochs.flat();
  const [first] = steps;
  const mean = (of: (numbers: PpoStepNumbers) => number): number =>
    steps.reduce((sum, numbers) => sum + of(numbers) / steps.length, 0);
  const heads = input.rewards.map((_, component) => mean(({ valueLoss }) => valueLoss[component] ?? NaN));
  const total = mean((numbers) => numbers.total);
  return defined({
    step,
    global_step: step + samplesOf(input.configuration),
    'charts/learning_rate': learningRate,
    ...episodes(update.rollout.episodes, input),
    'losses/total': total,
    'losses/unweighted': kit.unweighted({ total, valueLosses: heads }),
    'losses/policy_loss': mean(({ policyLoss }) => policyLoss),
    'losses/value_loss': heads.reduce((sum, loss) => sum + loss, 0),
    'losses/entropy': mean(({ entropy }) => entropy),
    'losses/entropy_term': mean(({ entropyTerm }) => entropyTerm),
    'losses/approx_kl': mean(({ k3 }) => k3),
    'losses/old_approx_kl': mean(({ k1 }) => k1),
    'losses/exact_kl': mean(({ divergence }) => divergence),
    'losses/clipfrac': mean(({ clipFraction }) => clipFraction),
    ...critic(kit, update, input, steps, heads),
    ...counters(update, input.configuration),
    'first/ratio_deviation': first?.ratioDeviation,
    'first/approx_kl': first?.k3,
    'first/clipfrac': first?.clipFraction,
    'first/weight_change': first?.weightChange,
    'gradient/norm': mean(({ gradientNorm }) => gradientNorm),
    'gradient/policy_norm': mean(({ policyNorm }) => policyNorm),
    'gradient/value_norm': mean(({ valueNorm }) => valueNorm),
    ...(input.configuration.network.shared
      ? { 'gradient/policy_share': mean(({ policyShare }) => policyShare) }
      : {}),
    'gradient/weight_change': mean((numbers) => numbers.weightChange),
    'update/epochs': epochs.length,
    'update/gradient_steps': steps.length,
    'rollout/terminated': sum(update.rollout.terminated),
    'rollout/truncated': sum(update.rollout.truncated),
    'rollout/both': update.rollout.terminated.reduce(
      (both, ended, row) => both + (ended & (update.rollout.truncated[row] ?? 0)),
      0,
    ),
  });
}

/** Of the episodes that ended in a rollout: returns are sums of the raw reward of the task, without weights and shaping. */
function episodes(
  ended: readonly EndedEpisode[],
  { rewards, own }: LogRowInput,
): Readonly<Record<string, number | undefined>> {
  if (ended.length === 0) return { 'rollout/episodes': 0 };
  const mean = (of: (episode: EndedEpisode) => number): number =>
    ended.reduce((total, episode) => total + of(episode) / ended.length, 0);
  const component = (index: number) => (episode: EndedEpisode) => episode.rewards[index] ?? NaN;
  return {
    'rollout/episodes': ended.length,
    'charts/episodic_return': mean((episode) =>
      episode.rewards.slice(0, own).reduce((total, reward) => total + reward, 0),
    ),
    'charts/episodic_length': mean(({ steps }) => steps),
    ...Object.fromEntries(rewards.map((name, index) => [`return/${name}`, mean(component(index))])),
    ...Object.fromEntries(
      rewards.map((name, index) => [
        `return_absolute/${name}`,
        mean((episode) => Math.abs(component(index)(episode))),
      ]),
    ),
  };
}

/** Of the critic, head by head: its losses, what it explains, what it was told, and what clipping and scaling did to it. */
function critic(
  kit: PpoKit,
  { experience }: PpoUpdate,
  { rewards, rewardWeights, configuration }: LogRowInput,
  steps: readonly PpoStepNumbers[],
  heads: readonly number[],
): Readonly<Record<string, number | undefined>> {
  const { values, returns, batch, units } = experience;
  const components = rewards.length;
  const explained = kit.explainedVariance(values, returns, components);
  const [together] = kit.explainedVariance(
    weightedSum(values, rewardWeights),
    weightedSum(returns, rewardWeights),
    1,
  );
  const weighted = heads.map((loss, component) => (rewardWeights[component] ?? NaN) * loss);
  const all = weighted.reduce((total, loss) => total + loss, 0);
  const mean = (of: (numbers: PpoStepNumbers) => number | undefined): number =>
    steps.reduce((total, numbers) => total + (of(numbers) ?? NaN) / steps.length, 0);
  const perHead = rewards.flatMap((name, component): [string, number | undefined][] => {
    const target = columnMoments(batch.targets, component, components);
    const square = mean(({ targetSquare }) => targetSquare[component]);
    return [
      [`value_loss/${name}`, heads[component]],
      [`value_loss_share/${name}`, all > 0 ? (weighted[component] ?? NaN) / all : undefined],
      [`value_loss_over_square/${name}`, square > 0 ? (heads[component] ?? NaN) / square : undefined],
      [`value_clipped/${name}`, mean(({ valueClipped }) => valueClipped[component])],
      [`explained_variance/${name}`, explained[component]],
      [`target_mean/${name}`, target.mean],
      [`target_deviation/${name}`, Math.sqrt(target.variance)],
      [`return_scale_mean/${name}`, units.mean[component]],
      [`return_scale_deviation/${name}`, units.deviation[component]],
    ];
  });
  const unit = unitsOfReward(experience, configuration);
  const raw = heads.map((loss, component) => loss * (unit[component] ?? NaN) ** 2);
  return {
    'losses/explained_variance': together,
    // Losses are in the units that are learnt in; this one compares runs that are normalised otherwise.
    'losses/value_loss_raw': raw.reduce((total, loss) => total + loss, 0),
    ...Object.fromEntries(perHead),
    ...Object.fromEntries(rewards.map((name, component) => [`value_loss_raw/${name}`, raw[component]])),
  };
}

/** What one unit of the loss is in units of the reward of the task, (C). */
function unitsOfReward({ units, rewardScale }: Experience, { returns }: PpoConfiguration): readonly number[] {
  const scale = returns.normalisation === 'running' ? deviationOf(rewardScale) : 1;
  return Array.from(units.deviation, (deviation) => deviation * scale);
}

function sum(flags: Uint8Array): number {
  return flags.reduce((total, flag) => total + flag, 0);
}

/** JSON has neither NaN nor infinities: what is no number, as the share of a variance that is 0, is absent. */
function defined(row: Readonly<Record<string, number | undefined>> & { readonly step: number }): PpoLogRow {
  const known = Object.entries(row).filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  return Object.fromEntries(known) as PpoLogRow;
}
