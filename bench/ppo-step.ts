import type { BenchmarkRun } from '../src/benchmarking/benchmark.ts';
import type { PpoConfiguration } from '../src/models/ppo/index.ts';
import { openEnvironment, parsePpoConfiguration, ppoKit, samplesOf } from '../src/models/ppo/index.ts';
import { streamOf } from '../src/numerics/stream.ts';
import type { Progress } from '../src/training/ppo/progress.ts';
import { act, advance, close, compileUpdate, learn, open } from '../src/training/ppo/progress.ts';

/** CleanRL's configuration of CartPole: 4 environments, 128 steps, 4 epochs of 4 minibatches, its clip of the value loss. */
export const cleanRl: PpoConfiguration = parsePpoConfiguration({
  value: { clip: 'absolute' },
  returns: { normalisation: 'none' },
});

/** Environment steps of an update. */
export const STEPS = { name: 'environment steps', count: samplesOf(cleanRl) };

/** Begins a run of the PPO trainer, as `plumbline train` does. */
async function begun(configuration: PpoConfiguration): Promise<Progress> {
  const environment = await openEnvironment(ppoKit, configuration.environment, configuration.discount);
  const progress = open(ppoKit, configuration, environment, streamOf(1));
  await compileUpdate(progress);
  return progress;
}

/** Whole updates: a rollout, and what is learnt from it. */
export async function updateRun(configuration: PpoConfiguration): Promise<BenchmarkRun> {
  const progress = await begun(configuration);
  return {
    step: async () => {
      await advance(progress);
    },
    close: () => {
      close(progress);
    },
  };
}

/** Rollouts alone, of one policy. */
export async function rolloutRun(configuration: PpoConfiguration): Promise<BenchmarkRun> {
  const progress = await begun(configuration);
  return {
    step: async () => {
      const { happened } = await act(progress);
      Object.assign(progress, { environments: happened.environments });
    },
    close: () => {
      close(progress);
    },
  };
}

/** What is learnt alone, from one rollout again and again. */
export async function learningRun(configuration: PpoConfiguration): Promise<BenchmarkRun> {
  const progress = await begun(configuration);
  const acted = { ...(await act(progress)), learningRate: configuration.optimiser.learningRate };
  return {
    step: async () => {
      await learn(progress, acted);
    },
    close: () => {
      close(progress);
    },
  };
}
