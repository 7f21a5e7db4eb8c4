import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { onTape } from '../../src/nn/tape.ts';
import { onWasm } from './on-wasm.ts';

onWasm();

const broken = (): tf.Tensor =>
  tf.tidy(() =>
    tf.grad((x) => {
      const squared = tf.exp(tf.square(x));
      if (squared.size > 0) throw new Error('half way');
      return squared;
    })(tf.tensor1d([1, 2])),
  );

describe('onTape', () => {
  it('passes an error on, and leaves nothing of the tape behind', () => {
    expect(() => onTape(broken)).toThrow('half way');
  });

  it('is needed: tfjs keeps what a tape had saved', () => {
    const before = tf.memory().numTensors;
    expect(broken).toThrow('half way');
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    const clear = (): never => {
      throw new Error('any failure clears it');
    };
    expect(() => onTape(clear)).toThrow('any failure clears it');
  });
});
