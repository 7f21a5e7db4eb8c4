/** Unit roundoff u of IEEE single precision, rounding to nearest: half the distance from 1 to the next number. */
export const ROUNDOFF = 2 ** -24;

/** Smallest normal number of IEEE single precision; an engine that flushes subnormals loses at most so much. */
export const SMALLEST_NORMAL = 2 ** -126;

/** Distance between subnormal numbers; an engine that underflows gradually is wrong by at most so much there. */
export const SUBNORMAL_SPACING = 2 ** -149;
