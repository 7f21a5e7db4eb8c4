import * as tf from '@tensorflow/tfjs';
import type { Stream } from '../../../numerics/stream.ts';
import type { BewleyConfiguration } from '../configuration.ts';
import type { BewleyPolicy } from '../controls.ts';
import type { BewleyKit } from '../kit.ts';
import { termsOf } from '../terms.ts';
import { CONSTRAINED_BELOW } from '../constrained.ts';
import type { CrossSection } from './cross-section.ts';
import { readTensors, someWorlds, stateTensors } from './cross-section.ts';
import { keptPeriod } from './kept-period.ts';
import { jointDraws, starEvents } from './next-period.ts';

/** Joint draws of the next period; what is left of sampling is measured with each evaluation. */
export const JOINT_DRAWS = 64;

/** What Euler errors are taken of. */
export interface EulerErrorTask {
  readonly kit: BewleyKit;
  readonly configuration: BewleyConfiguration;
  /** Called in a scope that disposes of what it makes. */
  readonly policy: BewleyPolicy;
  readonly draws?: number;
  readonly signal?: AbortSignal;
  readonly onDraw?: () => void;
}

/** Euler errors of every agent of a cross-section, (B·A) each. */
export interface AgentEulerErrors {
  /** c_Euler/c − 1: below 0 where an agent consumes more than the Euler equation asks for. */
  readonly error: Float64Array;
  readonly isConstrained: Uint8Array;
  /** Probability of what was left out of the expectation, of the world where it is largest. */
  readonly probabilityLeftOut: number;
}

/**
 * Euler errors in units of consumption, as those of the reference: c_Euler is the consumption that the expectation of the
 * next period asks for, (β E[u_c′ R′])^(−1/θ), all agents of the world acting in it.
 */
export async function agentEulerErrors(
  task: EulerErrorTask,
  section: CrossSection,
  stream: Stream,
): Promise<AgentEulerErrors> {
  const { kit, configuration, policy, draws = JOINT_DRAWS, signal, onDraw = () => undefined } = task;
  const { agents } = section;
  const terms = termsOf(configuration, configuration.network.labor);
  const residual = new Float64Array(section.wealth.length);
  const { events, probabilityLeftOut } = starEvents(configuration, section);
  for (const [number, event] of events.entries()) {
    const worlds = someWorlds(section, event.worlds);
    const joint = jointDraws(task, worlds, event.leaving, draws, stream.split(number));
    const today = keptPeriod(task, worlds, terms);
    try {
      for (const exogenous of joint) {
        signal?.throwIfAborted();
        const { euler } = await readTensors(() => {
          const { ability, star } = stateTensors({ ...worlds, exogenous });
          const then = { wealth: today.savings, ability, star };
          const next = kit.period(kit, then, policy(kit.policyInputs(then)), terms);
          return { euler: kit.eulerResidual(kit, today, next, terms) };
        });
        euler.forEach((value, index) => {
          const place = Math.floor(index / agents);
          const at = (event.worlds[place] ?? 0) * agents + (index % agents);
          residual[at] = (residual[at] ?? 0) + ((event.probability[place] ?? 0) * value) / joint.length;
        });
        onDraw();
      }
    } finally {
      tf.dispose(today as never);
    }
  }
  const { marginalReturn, savingsRatio } = await readTensors(() => {
    const { controls } = keptPeriod(task, section, terms);
    return { marginalReturn: controls.marginalReturn, savingsRatio: controls.savingsRatio };
  });
  const { theta } = configuration.preferences;
  return {
    // h less the residual is β E[u_c′ R′]/u_c, and (c_Euler/c)^(−θ).
    error: residual.map(
      (value, index) => ((marginalReturn[index] ?? Number.NaN) - value) ** (-1 / theta) - 1,
    ),
    isConstrained: Uint8Array.from(savingsRatio, (share) => (share < CONSTRAINED_BELOW ? 1 : 0)),
    probabilityLeftOut,
  };
}
