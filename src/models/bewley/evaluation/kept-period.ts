import * as tf from '@tensorflow/tfjs';
import type { BewleyConfiguration } from '../configuration.ts';
import type { BewleyControls, BewleyPolicy } from '../controls.ts';
import type { BewleyKit } from '../kit.ts';
import type { BewleyPeriod } from '../period.ts';
import type { BewleyTerms } from '../terms.ts';
import { termsOf } from '../terms.ts';
import type { CrossSection } from './cross-section.ts';
import { stateTensors } from './cross-section.ts';

/** A policy, and the economy that it acts in. */
export interface JudgedPolicy {
  readonly kit: BewleyKit;
  readonly configuration: BewleyConfiguration;
  /** Called in a scope that disposes of what it makes. */
  readonly policy: BewleyPolicy;
}

/** The period in which all agents of a cross-section act; the caller owns its tensors, none of which are the policy's. */
export function keptPeriod(
  { kit, configuration, policy }: JudgedPolicy,
  section: CrossSection,
  terms: BewleyTerms = termsOf(configuration, configuration.network.labor),
): BewleyPeriod {
  const made = tf.tidy(() => {
    const state = stateTensors(section);
    const { savingsRatio, labor, marginalReturn } = policy(kit.policyInputs(state));
    const controls: BewleyControls = {
      savingsRatio: tf.clone(savingsRatio),
      labor: tf.clone(labor),
      marginalReturn: tf.clone(marginalReturn),
    };
    // A record of records of tensors is a container of tensors, which its type does not say.
    return kit.period(kit, state, controls, terms) as never;
  });
  return made;
}
