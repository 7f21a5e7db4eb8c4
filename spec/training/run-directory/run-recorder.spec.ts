import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RunRecorder } from '../../../src/training/run-directory/index.ts';

/** How many bytes the disk still takes; the write that would exceed it is cut short, and the next fails. */
const disk = vi.hoisted(() => ({ left: Infinity }));

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const full = (): Error =>
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return {
    ...real,
    writeSync: (descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
      if (disk.left <= 0) throw full();
      const written = real.writeSync(descriptor, bytes, offset, Math.min(length, disk.left), position);
      disk.left -= written;
      return written;
    },
    writeFileSync: (file: number | string, text: string, options?: fs.WriteFileOptions) => {
      if (text.length <= disk.left) {
        disk.left -= text.length;
        real.writeFileSync(file, text, options);
        return;
      }
      real.writeFileSync(file, text.slice(0, disk.left), options);
      disk.left = 0;
      throw full();
    },
  };
});

beforeEach(() => {
  disk.left = Infinity;
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));
const textOf = (path: string, name: string): string => readFileSync(join(path, name), 'utf8');
const stepsIn = (path: string, name: string): number[] =>
  textOf(path, name)
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { step: number }).step);

const identity = {
  model: 'toy',
  seed: 1,
  engine: { name: 'wasm', version: '1' },
  versions: {},
  configuration: {},
};
const recorderOf = (path: string, stepsTaken: number): RunRecorder =>
  new RunRecorder({ path, identity, logEvery: 10, stepsTaken });
const stateOf = (step: number) => ({
  step,
  numbers: {},
  tensors: { w: { shape: [50], data: new Float32Array(50).fill(step) } },
});

/** Logs the steps from one on, as a run does that ends after `to`. */
function run(recorder: RunRecorder, from: number, to: number): void {
  for (let step = from; step < to; step += 1)
    if (step % 10 === 0 || step === to - 1) recorder.log({ step, loss: 1 / (step + 1) });
  recorder.checkpoint(stateOf(to));
}

describe('the logs of a run that is gone on with', () => {
  it('are those of a run that went through: the last row of a shorter run is not in them', () => {
    const [straight, halves] = [folder(), folder()];
    const whole = recorderOf(straight, 0);
    run(whole, 0, 40);
    whole.close();
    const first = recorderOf(halves, 0);
    run(first, 0, 25);
    first.close();
    expect(stepsIn(halves, 'metrics.jsonl')).toEqual([0, 10, 20, 24]);
    const second = recorderOf(halves, 25);
    run(second, 25, 40);
    second.close();
    expect(textOf(halves, 'metrics.jsonl')).toBe(textOf(straight, 'metrics.jsonl'));
    expect(stepsIn(halves, 'timing.jsonl')).toEqual([0, 10, 20, 30, 39]);
  });

  it('lose what is after the checkpoint, and half a row', () => {
    const path = folder();
    const first = recorderOf(path, 0);
    run(first, 0, 20);
    for (const step of [20, 30]) first.log({ step, loss: 0 });
    first.close();
    appendFileSync(join(path, 'metrics.jsonl'), '{"step":40,"lo');
    recorderOf(path, 20).close();
    expect(stepsIn(path, 'metrics.jsonl')).toEqual([0, 10]);
    expect(stepsIn(path, 'timing.jsonl')).toEqual([0, 10]);
  });

  it('that lack rows before the checkpoint are refused, and left as they are', () => {
    const path = folder();
    const first = recorderOf(path, 0);
    run(first, 0, 30);
    first.close();
    const [, ...rest] = textOf(path, 'metrics.jsonl').split('\n');
    writeFileSync(join(path, 'metrics.jsonl'), rest.join('\n'));
    expect(() => recorderOf(path, 30)).toThrow(/metrics\.jsonl lacks rows[\s\S]*2 rows[\s\S]*3 rows/);
    expect(stepsIn(path, 'metrics.jsonl')).toEqual([10, 20, 29]);
  });

  it('go on in time', () => {
    const path = folder();
    const first = recorderOf(path, 0);
    run(first, 0, 11);
    first.close();
    const edited = textOf(path, 'timing.jsonl').replace(/("step":10,"wallSeconds":)[^,]+/, '$11000');
    writeFileSync(join(path, 'timing.jsonl'), edited);
    const second = recorderOf(path, 11);
    run(second, 11, 21);
    second.close();
    const last = JSON.parse(textOf(path, 'timing.jsonl').trim().split('\n').at(-1) ?? '') as {
      wallSeconds: number;
    };
    expect(last.wallSeconds).toBeGreaterThan(1000);
    expect(last.wallSeconds).toBeLessThan(1010);
  });
});

describe('a full disk', () => {
  it('while a row is written: one clear error, and no half row', () => {
    const path = folder();
    const recorder = recorderOf(path, 0);
    recorder.log({ step: 0, loss: 1 });
    disk.left = 9;
    expect(() => {
      recorder.log({ step: 10, loss: 1 });
    }).toThrow(/metrics\.jsonl cannot be written: there is no space left .*disk-full/);
    disk.left = Infinity;
    recorder.close();
    expect(stepsIn(path, 'metrics.jsonl')).toEqual([0]);
  });

  it('while a checkpoint is written: the one before is kept, and nothing half-written', () => {
    const path = folder();
    const recorder = recorderOf(path, 0);
    recorder.checkpoint(stateOf(1));
    recorder.checkpoint(stateOf(2));
    disk.left = 100;
    expect(() => {
      recorder.checkpoint(stateOf(3));
    }).toThrow(/step-000000003\.json cannot be written.*disk-full/);
    recorder.close();
    expect(readdirSync(join(path, 'checkpoints'))).toEqual(['step-000000001.json', 'step-000000002.json']);
  });

  it('while the evaluation is written: none is there, neither half nor old', () => {
    const path = folder();
    const recorder = recorderOf(path, 0);
    recorder.evaluation({ loss: 1 });
    recorder.close();
    const again = recorderOf(path, 0);
    disk.left = 5;
    expect(() => {
      again.evaluation({ loss: 2 });
    }).toThrow(/disk-full/);
    again.close();
    expect(existsSync(join(path, 'evaluation.json'))).toBe(false);
    expect(readdirSync(path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a run directory', () => {
  it('is written by one process at a time, and given back', () => {
    const path = folder();
    const first = recorderOf(path, 0);
    expect(() => recorderOf(path, 0)).toThrow(/another process writes.*run-in-use/);
    first.close();
    recorderOf(path, 0).close();
    expect(existsSync(join(path, 'run.lock'))).toBe(false);
  });

  it('is taken over from a process that is gone, and given back when it cannot be used', () => {
    const path = folder();
    // Above the largest process number of Linux.
    writeFileSync(join(path, 'run.lock'), String(2 ** 30));
    recorderOf(path, 0).close();
    expect(() => recorderOf(path, 30)).toThrow(/lacks rows/);
    recorderOf(path, 0).close();
  });
});
