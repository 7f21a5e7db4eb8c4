import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { addToGroups, groupMeans } from '../../src/nn/groups.ts';
import { normals, streamOf } from '../../src/numerics/stream.ts';
import { expectClose, onWasm, read } from './on-wasm.ts';

onWasm();

const [GROUPS, ROWS, FEATURES] = [3, 5, 2];

function drawn(label: string, ...shape: number[]): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(Float32Array.from(normals(streamOf(1).split(label), size)), shape);
}

const rows = (): tf.Tensor3D => drawn('rows', GROUPS, ROWS, FEATURES) as tf.Tensor3D;
const ofGroup = (): tf.Tensor2D => drawn('group', GROUPS, FEATURES) as tf.Tensor2D;

describe('groupMeans', () => {
  it('has the values and the gradients of tf.mean over the rows', async () => {
    const [value = [], expected = [], slope = [], taped = []] = await read(() => {
      const gradient = (f: (x: tf.Tensor3D) => tf.Tensor): tf.Tensor =>
        tf.grad((x: tf.Tensor) => tf.mul(ofGroup(), tf.square(f(x as tf.Tensor3D))))(rows());
      const plain = (x: tf.Tensor3D): tf.Tensor => tf.mean(x, 1);
      return [groupMeans(rows()), plain(rows()), gradient(groupMeans), gradient(plain)];
    });
    expectClose(value, expected);
    expectClose(slope, taped);
  });
});

describe('addToGroups', () => {
  it('has the values and the gradients of a sum that broadcasts', async () => {
    const [value = [], expected = [], ...slopes] = await read(() => {
      const cotangent = drawn('cotangent', GROUPS, ROWS, FEATURES);
      const gradients = (f: (x: tf.Tensor3D, z: tf.Tensor2D) => tf.Tensor): tf.Tensor[] =>
        tf.grads((x, z) => tf.square(f(x as tf.Tensor3D, z as tf.Tensor2D)))([rows(), ofGroup()], cotangent);
      const plain = (x: tf.Tensor3D, z: tf.Tensor2D): tf.Tensor => tf.add(x, tf.expandDims(z, 1));
      return [
        addToGroups(rows(), ofGroup()),
        plain(rows(), ofGroup()),
        ...gradients(addToGroups),
        ...gradients(plain),
      ];
    });
    const [inRows = [], inGroup = [], tapedRows = [], tapedGroup = []] = slopes;
    expectClose(value, expected);
    expectClose(inRows, tapedRows);
    expectClose(inGroup, tapedGroup, 1e-5);
    expect(inGroup).toHaveLength(GROUPS * FEATURES);
  });

  it('adds to the rows of a group what is that of the group, and of no other', async () => {
    const [sums = []] = await read(() => [addToGroups(tf.zeros([2, 3, 1]), tf.tensor2d([[1], [-4]]))]);
    expect(sums).toEqual([1, 1, 1, -4, -4, -4]);
  });
});
