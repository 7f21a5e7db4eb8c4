import * as tf from '@tensorflow/tfjs';
import type { NkParameterName, NkParameters } from './parameters.ts';
import { NK_PARAMETERS } from './parameters.ts';

type Columns<T> = Readonly<Record<NkParameterName, T>>;

/** What follows from the parameters alone. */
interface Derived<T> {
  /** Slope of the Phillips curve, κ = (1−φ)(1−φβ)(σ+η)/φ. */
  readonly kappa: T;
  /** ω = (1+η)/(σ+η). */
  readonly omega: T;
  /** Loading of the innovation, s = σ(ρ−1)ωσ_a < 0. */
  readonly shockScale: T;
  /** Ergodic standard deviation of ζ, |s|/√(1−ρ²). */
  readonly ergodicDeviation: T;
}

/** Parameters by name and what follows from them, each (B). */
export type NkCoefficients = Columns<tf.Tensor1D> & Derived<tf.Tensor1D>;

/** Coefficients of parameters (B, 8). */
export function coefficients(parameters: tf.Tensor2D): NkCoefficients {
  const columns = columnsOf(parameters);
  const { beta, sigma, eta, phi, rho, sigmaA } = columns;
  const less1 = (x: tf.Tensor1D): tf.Tensor1D => tf.sub(1, x);
  const kappa: tf.Tensor1D = tf.div(
    tf.mul(tf.mul(less1(phi), less1(tf.mul(phi, beta))), tf.add(sigma, eta)),
    phi,
  );
  const omega: tf.Tensor1D = tf.div(tf.add(1, eta), tf.add(sigma, eta));
  const magnitude: tf.Tensor1D = tf.mul(tf.mul(tf.mul(sigma, less1(rho)), omega), sigmaA);
  // 1 − ρ² as a product: it does not cancel.
  const ergodicDeviation: tf.Tensor1D = tf.div(magnitude, tf.sqrt(tf.mul(less1(rho), tf.add(1, rho))));
  return { ...columns, kappa, omega, shockScale: tf.neg(magnitude), ergodicDeviation };
}

/** The same coefficients of one parameter vector, in double precision. */
export function nkCoefficients(parameters: NkParameters): Derived<number> {
  const { beta, sigma, eta, phi, rho, sigmaA } = parameters;
  const kappa = ((1 - phi) * (1 - phi * beta) * (sigma + eta)) / phi;
  const omega = (1 + eta) / (sigma + eta);
  const magnitude = sigma * (1 - rho) * omega * sigmaA;
  const ergodicDeviation = magnitude / Math.sqrt((1 - rho) * (1 + rho));
  return { kappa, omega, shockScale: -magnitude, ergodicDeviation };
}

function columnsOf(parameters: tf.Tensor2D): Columns<tf.Tensor1D> {
  const columns = tf.unstack(tf.transpose(parameters), 0);
  const entries = NK_PARAMETERS.map(({ name }, column) => [name, columns[column]] as const);
  // NK_PARAMETERS has each name once, and unstack takes off one of two axes.
  return Object.fromEntries(entries) as Record<NkParameterName, tf.Tensor1D>;
}
