import { setImmediate } from 'node:timers/promises';

/** Long enough to cost a thousandth of the time, short enough for Ctrl-C to feel immediate. */
const INTERVAL_MS = 50;

/**
 * A function to await in a long loop: now and then it lets the event loop turn, so that signals arrive and output
 * leaves. Engines that compute on this thread settle their promises without ever doing so.
 */
export function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < INTERVAL_MS) return;
    await setImmediate();
    last = performance.now();
  };
}
