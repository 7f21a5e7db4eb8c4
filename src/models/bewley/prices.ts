import * as tf from '@tensorflow/tfjs';
import type { BewleyTechnology } from './configuration.ts';
import { atLeast, choose } from './domain.ts';
import type { BewleyKit } from './kit.ts';

/** What the firm pays, (B, 1) each. */
export interface BewleyPrices {
  /** Of a unit of effective labour. */
  readonly wage: tf.Tensor;
  /** Marginal product of capital, before depreciation. */
  readonly mpk: tf.Tensor;
  /** Net of depreciation, r = mpk − δ. */
  readonly rate: tf.Tensor;
}

/** Capital and effective labour of each world, (B, 1). */
export interface BewleyFactors {
  readonly capital: tf.Tensor;
  readonly effectiveLabor: tf.Tensor;
}

/** 1 where a factor stood below its floor and the floor was used in its place, else 0: (B, 1) each. */
export interface BewleyGuards {
  readonly capitalFloored: tf.Tensor;
  readonly laborFloored: tf.Tensor;
}

/**
 * Least capital and effective labour that the firm is taken to have, so that a collapsed world still has finite prices.
 * Eight orders of magnitude below any preset: a return of αA·(1e-8)^(α−1), 75,598.66 at α = 0.33, is its fingerprint.
 */
export const FACTOR_FLOOR = 1e-8;

/** K and L of each world: the mean of a, and the mean of e n, over its agents. */
export function factors(
  { wealth, ability }: { readonly wealth: tf.Tensor; readonly ability: tf.Tensor },
  labor: tf.Tensor,
): BewleyFactors {
  return { capital: tf.mean(wealth, 1, true), effectiveLabor: tf.mean(tf.mul(ability, labor), 1, true) };
}

/** Output of a world, A K^α L^(1−α), with the floors of the factors: (B, 1). */
export function output(
  { capital, effectiveLabor }: BewleyFactors,
  { productivity, alpha }: BewleyTechnology,
): tf.Tensor {
  const k = atLeast(capital, FACTOR_FLOOR);
  const l = atLeast(effectiveLabor, FACTOR_FLOOR);
  return tf.mul(tf.mul(tf.pow(k, alpha), tf.pow(l, 1 - alpha)), productivity);
}

/**
 * Marginal products, w = (1−α) A (K/L)^α, mpk = α A (K/L)^(α−1), r = mpk − δ. Nothing is clipped: below its floor a
 * factor counts as the floor, and the guard says so.
 */
export function prices(
  _kit: BewleyKit,
  { capital, effectiveLabor }: BewleyFactors,
  { productivity, alpha, delta }: BewleyTechnology,
): BewleyPrices & BewleyGuards {
  const ratio = tf.div(atLeast(capital, FACTOR_FLOOR), atLeast(effectiveLabor, FACTOR_FLOOR));
  const mpk = tf.mul(tf.pow(ratio, alpha - 1), alpha * productivity);
  const below = (x: tf.Tensor): tf.Tensor =>
    choose([tf.less, x, tf.fill(x.shape, FACTOR_FLOOR)], tf.onesLike(x), tf.zerosLike(x));
  return {
    wage: tf.mul(tf.pow(ratio, alpha), (1 - alpha) * productivity),
    mpk,
    rate: tf.sub(mpk, delta),
    capitalFloored: below(capital),
    laborFloored: below(effectiveLabor),
  };
}
