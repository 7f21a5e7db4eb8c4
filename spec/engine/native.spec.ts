import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import util from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeNative, loadNative, requireDevice } from '../../src/engine/engines/native.ts';
import { InputError } from '../../src/errors.ts';

const GPU_COMMAND = 'npm run setup:tensorflow -- --gpu';

describe('an engine on libtensorflow, before it is opened', () => {
  let root = '';
  const put = (file: string, text: string): void => {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  /** A package as npm leaves it: without what its install script would have added. */
  const putPackage = (folder: string, version: string, main = ''): void => {
    put(`${folder}/package.json`, JSON.stringify({ version, main: 'main.js' }));
    put(`${folder}/main.js`, main);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plumbline-native-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it('is missing without its package', async () => {
    expect(describeNative('tensorflow', root)).toEqual({
      status: 'missing',
      reason: 'the package @tensorflow/tfjs-node is not installed',
      remedy: 'npm run setup:tensorflow',
    });
    expect(describeNative('tensorflow-gpu', root)).toMatchObject({ remedy: GPU_COMMAND });
    await expect(loadNative('tensorflow', root)).rejects.toThrow('engine-missing');
  });

  it('is missing without the compiled addon, of which npm installs none when scripts are off', () => {
    putPackage('node_modules/@tensorflow/tfjs-node', '4.22.0');
    expect(describeNative('tensorflow', root)).toEqual({
      status: 'missing',
      reason: 'the package @tensorflow/tfjs-node is installed without its compiled addon',
      remedy: 'npm run setup:tensorflow',
    });
  });

  it('is here with both, wherever they are; what the command set up comes first', () => {
    putPackage('node_modules/@tensorflow/tfjs-node', '4.21.0');
    put('node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node', '');
    expect(describeNative('tensorflow', root)).toEqual({ status: 'here', version: '4.21.0' });
    const home = '.plumbline/engines/tensorflow/node_modules/@tensorflow/tfjs-node';
    putPackage(home, '4.22.0');
    expect(describeNative('tensorflow', root)).toEqual({ status: 'here', version: '4.21.0' });
    put(`${home}/lib/napi-v8/tfjs_binding.node`, '');
    expect(describeNative('tensorflow', root)).toEqual({ status: 'here', version: '4.22.0' });
    expect(describeNative('tensorflow-gpu', root)).toMatchObject({ status: 'missing' });
  });

  it('gives back the functions that Node 23 took away, before the package is loaded', async () => {
    const names = ['isArray', 'isNullOrUndefined'];
    const before = names.map((name): unknown => Reflect.get(util, name));
    for (const name of names) Reflect.deleteProperty(util, name);
    const main = `const { isArray, isNullOrUndefined: none } = require('util');
      globalThis.said = [isArray([]), isArray({ length: 0 }), none(null), none(undefined), none(0)];`;
    putPackage('node_modules/@tensorflow/tfjs-node-gpu', '4.22.0', main);
    put('node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node', '');
    try {
      // It registers no backend, and is refused for that.
      await expect(loadNative('tensorflow-gpu', root)).rejects.toThrow('engine-fell-back');
      expect(Reflect.get(globalThis, 'said')).toEqual([true, false, true, true, false]);
    } finally {
      names.forEach((name, index) => Reflect.set(util, name, before[index]));
    }
  });
});

describe('the device of an engine on libtensorflow', () => {
  const backend = (isGPUPackage: boolean, isUsingGpuDevice: boolean): object => ({
    isGPUPackage,
    isUsingGpuDevice,
  });
  const refusal = (...given: Parameters<typeof requireDevice>): InputError | undefined => {
    try {
      requireDevice(...given);
      return undefined;
    } catch (error) {
      if (error instanceof InputError) return error;
      throw error;
    }
  };

  it('is accepted from the right package, on a GPU where one was asked for', () => {
    expect(refusal('tensorflow', backend(false, false))).toBeUndefined();
    expect(refusal('tensorflow-gpu', backend(true, true))).toBeUndefined();
  });

  it.each([
    ['tensorflow-gpu', backend(true, false), 'found no GPU'],
    ['tensorflow-gpu', backend(false, false), 'the backend of @tensorflow/tfjs-node'],
    ['tensorflow', backend(true, true), 'the backend of @tensorflow/tfjs-node-gpu'],
    ['tensorflow', {}, 'does not say which package'],
    ['tensorflow', null, 'does not say which package'],
  ] as const)('is refused for %s from %o', (engine, given, reason) => {
    const error = refusal(engine, given);
    expect(error?.code).toBe('engine-fell-back');
    expect(error?.message).toContain(reason);
  });
});
