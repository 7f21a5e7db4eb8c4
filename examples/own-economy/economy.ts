import * as tf from '@tensorflow/tfjs';
import type { BewleyExpressions, Kit } from 'plumbline';
import { documentedEconomy, inBewley } from 'plumbline';

/*
 * A Bewley economy of one's own. Utility is that of Greenwood, Hercowitz and Huffman, in which labour does not depend on
 * wealth; the tax leaves N(x) = (1−τ) log(1 + ξx)/ξ. Two things change and nothing else: the text, which the laws are
 * derived from, and the functions of the kit, which are held against it.
 */

/** The objects of the economy as text. */
export const ownEconomy: BewleyExpressions = {
  ...documentedEconomy,
  utility: ({ theta }) => {
    const net = '(c - n^(1 + gamma) / (1 + gamma))';
    return theta === 1 ? `log${net}` : `${net}^(1 - theta) / (1 - theta)`;
  },
  laborAt: () => 'value^(1 / gamma)',
  leastConsumption: 'n^(1 + gamma) / (1 + gamma)',
  kept: ({ xi }) => (xi === 0 ? '(1 - tau) * x' : '(1 - tau) * log(1 + xi * x) / xi'),
};

/** The same economy as tensor code: some functions of the kit replaced. */
export const withOwnEconomy: (kit: Kit) => Kit = inBewley(() => ({
  marginalUtility: (kit, { consumption, labor }, { theta, gamma }) => {
    const net = tf.sub(consumption, tf.div(tf.pow(labor, 1 + gamma), 1 + gamma));
    return kit.onDomain(net, 'positive', (x) => (theta === 1 ? tf.reciprocal(x) : tf.pow(x, -theta)));
  },
  marginalDisutility: (kit, bundle, preferences) =>
    tf.mul(kit.marginalUtility(kit, bundle, preferences), tf.pow(bundle.labor, preferences.gamma)),
  laborAt: (kit, value, _bundle, { gamma }) =>
    kit.onDomain(value, 'non-negative', (x) => tf.pow(x, 1 / gamma)),
  afterTax: (kit, { tau, xi }, x) =>
    xi === 0
      ? tf.mul(x, 1 - tau)
      : kit.onDomain(tf.add(tf.mul(x, xi), 1), 'positive', (base) => tf.mul(tf.log(base), (1 - tau) / xi)),
  marginalRetention: (kit, { tau, xi }, x) =>
    xi === 0
      ? tf.fill(x.shape, 1 - tau)
      : kit.onDomain(tf.add(tf.mul(x, xi), 1), 'positive', (base) => tf.div(1 - tau, base)),
}));
