import * as tf from '@tensorflow/tfjs';
import type { Kit } from '../../../src/subjects/kit.ts';
import { inNk } from '../../../src/subjects/kit.ts';
import type { Fault } from '../../../src/verification/fault.ts';

/** Faults in what the model says: equations, transition, controls. */
export const economicsFaults: readonly Fault<Kit>[] = [
  {
    id: 'nk/step-changes-shape',
    summary:
      'one step turns the state from a vector (B) into a column (B, 1), and no guard stops the IS residual from broadcasting to B × B',
    sign: 'the IS residual stays at 1 – 2 while the Phillips residual falls to 1e-6; policies are flat',
    killedBy: ['nk/shapes', 'nk/independence'],
    engines: 'all',
    // On record the controls were columns and the state became a row; here controls are vectors, and a column does the same.
    // The code on record had no guard; with ours in place, the first residual after a step is a clear error.
    inject: inNk((nk) => ({
      transition: (kit, zeta, innovation, coefficients) =>
        tf.reshape(nk.transition(kit, tf.reshape(zeta, [-1]), innovation, coefficients), [-1, 1]),
      requireSameShape: () => undefined,
    })),
  },
  {
    id: 'nk/step-scale',
    summary: 'the innovation is not multiplied by s',
    sign: 'the deviation of the state is not the ergodic one',
    killedBy: ['nk/transition', 'nk/ergodic-moments', 'nk/persistence'],
    engines: 'all',
    inject: inNk((nk) => ({
      transition: (kit, zeta, innovation, coefficients) =>
        nk.transition(kit, zeta, innovation, {
          ...coefficients,
          shockScale: tf.onesLike(coefficients.shockScale),
        }),
    })),
  },
  {
    id: 'nk/shock-scale',
    summary: 'ρ − 1 is dropped from s = σ(ρ−1)ωσ_a',
    sign: 'the deviation of the state is not the ergodic one',
    killedBy: ['nk/coefficients', 'nk/transition'],
    engines: 'all',
    inject: inNk((nk) => ({
      coefficients: (parameters) => {
        const coefficients = nk.coefficients(parameters);
        return { ...coefficients, shockScale: tf.div(coefficients.shockScale, tf.sub(coefficients.rho, 1)) };
      },
    })),
  },
  {
    id: 'nk/euler-sign',
    summary: 'ζ enters the IS equation with the wrong sign',
    sign: '',
    killedBy: ['nk/residuals', 'nk/residual-gradients', 'nk/closed-form', 'nk/equilibrium-loss'],
    engines: 'all',
    inject: inNk((nk) => ({
      residuals: (kit, equilibrium) => nk.residuals(kit, { ...equilibrium, zeta: tf.neg(equilibrium.zeta) }),
    })),
  },
  {
    id: 'nk/phillips-expectation',
    summary: 'E[Π′] enters the Phillips curve without β',
    sign: '',
    killedBy: ['nk/residuals', 'nk/residual-gradients', 'nk/closed-form', 'nk/equilibrium-loss'],
    engines: 'all',
    inject: inNk((nk) => ({
      residuals: (kit, equilibrium) => {
        const { coefficients } = equilibrium;
        return nk.residuals(kit, {
          ...equilibrium,
          coefficients: { ...coefficients, beta: tf.onesLike(coefficients.beta) },
        });
      },
    })),
  },
  {
    id: 'nk/outputs-swapped',
    summary: '(Π, X) is unpacked from (X, Π)',
    sign: '',
    killedBy: ['nk/closed-form'],
    engines: 'all',
    inject: inNk((nk) => ({
      controls: (raw, outputScale) => {
        const { output, inflation } = nk.controls(raw, outputScale);
        return { output: inflation, inflation: output };
      },
    })),
  },
  {
    id: 'nk/residual-weight',
    summary: 'the Phillips curve weighs 0.1 where 1 is declared',
    sign: 'one residual stays large while the loss falls',
    killedBy: ['nk/equation-weights'],
    engines: 'all',
    inject: inNk((nk) => ({
      combine: (residuals, settings) => {
        const { weights } = settings;
        return nk.combine(residuals, {
          ...settings,
          weights: { ...weights, phillips: 0.1 * weights.phillips },
        });
      },
    })),
  },
];
