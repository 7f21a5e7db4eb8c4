import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeEngine, openEngine } from '../../src/engine/index.ts';

const description = describeEngine('webgpu');
const isMissing = description.status === 'missing';
const suite = describe.skipIf(isMissing);
const why = isMissing ? ` (skipped: ${description.reason}; ${description.remedy ?? ''})` : '';

/** `npm test` builds it first. */
const DIST = new URL('../../dist/src/', import.meta.url);
const MAIN = fileURLToPath(new URL('cli/main.js', DIST));

interface Ended {
  /** `null` for a process that had to be killed. */
  readonly code: number | null;
  readonly output: string;
}

/** Runs Node to its end; a process that does not end by itself is killed. */
function node(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...args],
      { env: { ...process.env, ...environment }, timeout: 40_000, killSignal: 'SIGKILL' },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, output: stdout + stderr });
      },
    );
  });
}

/** A program that opens the engine, does something with it, and is left alone with its event loop. */
function opening(body: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const index = JSON.stringify(new URL('engine/index.js', DIST).href);
  const code = `const { openEngine } = await import(${index});\nconst start = performance.now();\n${body}`;
  return node(['--input-type=module', '-e', code], environment);
}

suite(`the engine webgpu${why}`, () => {
  afterEach(async () => {
    vi.restoreAllMocks();
    (await openEngine('webgpu')).close();
  });

  it('opens, says on which GPU, and alone does the work', async () => {
    const { device, version, selfTest, kernels } = await openEngine('webgpu');
    expect(version).toBe(isMissing ? '' : description.version);
    expect(device).toMatch(/\w/);
    expect(selfTest).toBeLessThanOrEqual(1);
    kernels.start();
    const sum = tf.tidy(() => tf.sum(tf.matMul(tf.ones([2, 3]), tf.ones([3, 5]))));
    expect(Array.from(await sum.data())).toEqual([30]);
    sum.dispose();
    expect(Object.keys(kernels.stop())).toEqual(['webgpu']);
    expect(kernels.migrations()).toEqual({});
  });

  it('computes small tensors on the GPU too, which the package by itself gives to plain JavaScript', async () => {
    await openEngine('webgpu');
    const backend = tf.backend() as unknown as { runWebGPUProgram: () => unknown };
    const ran = vi.spyOn(backend, 'runWebGPUProgram');
    const sum = tf.tidy(() => tf.add(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])));
    expect(Array.from(await sum.data())).toEqual([4, 6]);
    sum.dispose();
    expect(ran).toHaveBeenCalled();
  });

  it('opens again once it is closed', async () => {
    const first = await openEngine('webgpu');
    first.close();
    const second = await openEngine('webgpu');
    expect(second).not.toBe(first);
    const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])));
    expect(Array.from(await sum.data())).toEqual([6]);
    sum.dispose();
  });
});

// In processes of their own: how a process ends, and what it is refused at its beginning, is what is looked at.
suite(`a process with the engine webgpu${why}`, () => {
  it('ends by itself when the engine is closed', async () => {
    const body = `const { close } = await openEngine('webgpu'); process.exitCode = 7; close();`;
    expect(await opening(body)).toMatchObject({ code: 7 });
  });

  it('ends a command with its exit code', async () => {
    const replay = ['replay', 'nk/closed-form', '--engine', 'webgpu', '--seed', '3', '--runs', '3'];
    expect(await node([MAIN, ...replay])).toMatchObject({
      code: 0,
      output: expect.stringContaining('nk/closed-form on webgpu: holds') as string,
    });
  });

  it.each([
    ['the null backend of Dawn', { PLUMBLINE_DAWN: 'backend=null' }, 'null backend'],
    ['a driver that is not there', { VK_DRIVER_FILES: '/no/such/driver.json' }, '/no/such/driver.json'],
    ['an adapter of another name', { PLUMBLINE_DAWN: 'adapter=no-such-gpu' }, 'webgpu is not here'],
  ])('is refused %s at once, with the reason and the command', async (_what, environment, reason) => {
    if (process.platform !== 'linux' && 'VK_DRIVER_FILES' in environment) return;
    const { code, output } = await opening(
      `await openEngine('webgpu').catch((error) => console.log(error.code, Math.round(performance.now() - start), error.message));`,
      environment,
    );
    expect(code).toBe(0);
    const [, ms = 'NaN'] = /engine-missing (\d+) /.exec(output) ?? [];
    expect(Number(ms)).toBeLessThan(1_000);
    expect(output).toContain(reason);
    expect(output).toContain('npm run setup:webgpu');
  });
});
