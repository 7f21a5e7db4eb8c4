import * as tf from '@tensorflow/tfjs';

/** @type {import('plumbline').Benchmark} */
export const regressionStep = {
  id: 'regression-step',
  summary: 'a gradient step of a linear regression on 256 rows',
  unit: 'gradient step',
  engines: ['wasm', 'cpu', 'tensorflow'],
  open: async () => {
    const [x, y] = [
      tf.randomNormal([256, 8], 0, 1, 'float32', 1),
      tf.randomNormal([256, 1], 0, 1, 'float32', 2),
    ];
    const weights = tf.variable(tf.zeros([8, 1]));
    const optimiser = tf.train.adam(1e-3);
    return {
      step: async () => {
        const loss = optimiser.minimize(() => tf.losses.meanSquaredError(y, tf.matMul(x, weights)), true);
        // Read, or a GPU would only have been told what to do.
        await loss?.data();
        loss?.dispose();
      },
      close: () => {
        tf.dispose([x, y, weights]);
        optimiser.dispose();
      },
    };
  },
};
