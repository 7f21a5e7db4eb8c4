import type {
  Act,
  Environment,
  EnvironmentStates,
  PpoConfiguration,
  PpoKit,
  PpoSizes,
} from '../../models/ppo/index.ts';
import { actionLength } from '../../models/ppo/index.ts';
import type { RunningMoments } from '../../numerics/running-moments.ts';
import type { Stream } from '../../numerics/stream.ts';

/** What a rollout starts from. */
export interface RolloutInput {
  readonly environment: Environment;
  readonly sizes: PpoSizes;
  readonly environments: EnvironmentStates;
  readonly observationMoments: RunningMoments;
  /** (A) of a Gaussian policy; empty of a discrete one. */
  readonly logDeviation: Float32Array;
  readonly act: Act;
  readonly random: Stream;
}

/** An episode that ended in a rollout. */
export interface EndedEpisode {
  /** Sum of each component of the reward, (C). */
  readonly rewards: readonly number[];
  readonly steps: number;
  readonly truncated: boolean;
}

/** T steps of E environments, time first. n = T·E. */
export interface Rollout {
  /** (n, O), as the network was fed. */
  readonly observations: Float32Array;
  /** (n, A): raw samples, or one-hot rows. */
  readonly actions: Float32Array;
  /** (n, a): as the environment took them. */
  readonly executed: Float32Array;
  readonly logProbabilities: Float32Array;
  /** (n, A): logits or means. */
  readonly policies: Float32Array;
  /** V of the observation and of what came after it, before any reset: (n, C), in the units of the loss. */
  readonly values: Float32Array;
  readonly nextValues: Float32Array;
  /** (n, C). */
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly episodes: readonly EndedEpisode[];
  /** The largest of each number that the environment tells of a step, by its name. */
  readonly extremes: Readonly<Record<string, number>>;
  readonly environments: EnvironmentStates;
  readonly observationMoments: RunningMoments;
}

/** Lets the policy act for `rollout` steps in every environment; an episode that ends is followed by another. */
export async function rollout(
  kit: PpoKit,
  { rollout: steps, environments: count, observations: normalisation }: PpoConfiguration,
  input: RolloutInput,
): Promise<Rollout> {
  const { environment, sizes, logDeviation, act, random } = input;
  const { stateSize, timeLimit } = environment;
  const { observations: seen, actions: choices, rewards: components } = sizes;
  const samples = steps * count;
  const rows = (width: number): Float32Array => new Float32Array(samples * width);
  const made = {
    observations: rows(seen),
    actions: rows(choices),
    executed: rows(actionLength(sizes)),
    logProbabilities: rows(1),
    policies: rows(choices),
    values: rows(components),
    nextValues: rows(components),
    rewards: rows(components),
    terminated: new Uint8Array(samples),
    truncated: new Uint8Array(samples),
  };
  const environments = {
    states: input.environments.states.slice(),
    elapsed: input.environments.elapsed.slice(),
    collected: input.environments.collected.slice(),
  };
  const episodes: EndedEpisode[] = [];
  const told = Object.entries(environment.extremes ?? {});
  const extremes: Record<string, number> = {};
  const chances = Array.from({ length: count }, (_, index) => ({
    action: random.split('action').split(index),
    environment: random.split('environment').split(index),
  }));
  const stateOf = (index: number): Float32Array =>
    environments.states.subarray(index * stateSize, (index + 1) * stateSize);
  const observed = (): Float32Array => {
    const all = new Float32Array(count * seen);
    for (let index = 0; index < count; index += 1)
      environment.observe(stateOf(index), all.subarray(index * seen, (index + 1) * seen));
    return all;
  };

  let { observationMoments } = input;
  const fed = (raw: Float32Array): Float32Array =>
    kit.normaliseObservations(observationMoments, raw, normalisation);
  /** What was last seen of episodes that were cut off: rows that V is asked of afterwards. */
  const cut: { readonly row: number; readonly observation: Float32Array }[] = [];

  for (let step = 0; step < steps; step += 1) {
    const raw = observed();
    if (normalisation.normalisation === 'running') observationMoments = kit.observe(observationMoments, raw);
    const observation = fed(raw);
    const { policies, values } = await act(observation);
    const first = step * count;
    made.observations.set(observation, first * seen);
    made.policies.set(policies, first * choices);
    made.values.set(values, first * components);
    if (step > 0) fillNext(made, values, first - count, components);
    for (const [index, chance] of chances.entries()) {
      const row = first + index;
      const parameters = policies.subarray(index * choices, (index + 1) * choices);
      const sample = kit.sampleAction(sizes.kind, { parameters, logDeviation }, chance.action);
      const executed = kit.executedAction(environment.actions, sample.raw);
      made.actions.set(sample.raw, row * choices);
      made.executed.set(executed, row * executed.length);
      made.logProbabilities[row] = sample.logProbability;
      const rewards = made.rewards.subarray(row * components, (row + 1) * components);
      const state = stateOf(index);
      const before = told.length === 0 ? state : state.slice();
      const ended = environment.step(state, executed, rewards, chance.environment);
      for (const [name, of] of told)
        extremes[name] = Math.max(extremes[name] ?? -Infinity, of(before, state));
      const elapsed = (environments.elapsed[index] ?? 0) + 1;
      const collected = environments.collected.subarray(index * components, (index + 1) * components);
      for (const [component, reward] of rewards.entries())
        collected[component] = (collected[component] ?? 0) + reward;
      const end = kit.endOfStep({ ended, elapsed, timeLimit });
      made.terminated[row] = Number(end.terminated);
      made.truncated[row] = Number(end.truncated);
      if (end.truncated) {
        const last = new Float32Array(seen);
        environment.observe(state, last);
        cut.push({ row, observation: fed(last) });
      }
      if (end.terminated || end.truncated) {
        episodes.push({ rewards: [...collected], steps: elapsed, truncated: end.truncated });
        collected.fill(0);
        environments.elapsed[index] = 0;
        state.fill(0);
        environment.reset(state, chance.environment);
      } else environments.elapsed[index] = elapsed;
    }
  }
  fillNext(made, (await act(fed(observed()))).values, samples - count, components);
  await fillCut(made, cut, act, { count, seen, components });
  return { ...made, episodes, extremes, environments, observationMoments };
}

/** What is seen next is what came after, unless an episode was cut off or ended in between. */
function fillNext(
  { nextValues }: Pick<Rollout, 'nextValues'>,
  values: Float32Array,
  row: number,
  components: number,
): void {
  nextValues.set(values, row * components);
}

/** V of the last observations of episodes that were cut off, asked in as many rows as the policy is asked otherwise. */
async function fillCut(
  { nextValues }: Pick<Rollout, 'nextValues'>,
  cut: readonly { readonly row: number; readonly observation: Float32Array }[],
  act: Act,
  { count, seen, components }: { readonly count: number; readonly seen: number; readonly components: number },
): Promise<void> {
  for (let from = 0; from < cut.length; from += count) {
    const asked = cut.slice(from, from + count);
    const rows = new Float32Array(count * seen);
    for (const [index, { observation }] of asked.entries()) rows.set(observation, index * seen);
    const { values } = await act(rows);
    for (const [index, { row }] of asked.entries())
      nextValues.set(values.subarray(index * components, (index + 1) * components), row * components);
  }
}

/** Environments at the beginning of their first episodes. */
export function firstStates(environment: Environment, count: number, random: Stream): EnvironmentStates {
  const { stateSize, rewards } = environment;
  const states = new Float32Array(count * stateSize);
  for (let index = 0; index < count; index += 1)
    environment.reset(states.subarray(index * stateSize, (index + 1) * stateSize), random.split(index));
  return {
    states,
    elapsed: new Float32Array(count),
    collected: new Float32Array(count * rewards.length),
  };
}
