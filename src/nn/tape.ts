import * as tf from '@tensorflow/tfjs';

/**
 * Runs a computation that opens a tape (`tf.grads` and its like), and when it throws disposes of the tensors that the
 * tape has saved by then: tfjs does so only for tapes that end well.
 *
 * @throws whatever the computation throws.
 */
export function onTape<T>(computation: () => T): T {
  try {
    return computation();
  } catch (error) {
    const { state } = tf.engine();
    // An outer tape, if there is one, is not ours to clear. After a tape that ended well it is null, whatever its type says.
    const abandoned = state.gradientDepth === 0 ? (state.activeTape as typeof state.activeTape | null) : null;
    for (const { saved } of abandoned ?? []) tf.dispose(saved ?? []);
    if (abandoned !== null) state.activeTape = [];
    throw error;
  }
}
