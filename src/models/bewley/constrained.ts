/**
 * Agents who save less than this share of their money count as constrained, of the network and of the reference alike: the
 * logistic function gives no zero, and who is poor has about a period's income. Training logs count by the same share.
 */
export const CONSTRAINED_BELOW = 0.01;
