import { mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../src/training/run-directory/index.ts';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  newestCheckpoint,
  saveCheckpoint,
} from '../../../src/training/run-directory/index.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'plumbline-'));

function checkpointOf(step: number, data: Float32Array = Float32Array.of(1, 2, 3)): Checkpoint {
  return {
    identity: {
      model: 'toy',
      seed: -3,
      engine: { name: 'wasm', version: '1' },
      versions: { plumbline: '0' },
      configuration: { rate: 1e-3, hidden: [4, 4] },
    },
    state: { step, numbers: { updates: step, scale: 0.1 }, tensors: { w: { shape: [data.length], data } } },
  };
}

describe('a checkpoint', () => {
  it('comes back bit for bit: any single-precision number, −0 and subnormals too', () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 20 }), fc.nat(), (data, step) => {
        const decoded = decodeCheckpoint(encodeCheckpoint(checkpointOf(step, data)), 'x');
        expect(decoded).toEqual(checkpointOf(step, data));
        expect(
          new Uint32Array(decoded.state.tensors['w']?.data.slice().buffer ?? new ArrayBuffer(0)),
        ).toEqual(new Uint32Array(data.slice().buffer));
      }),
    );
  });

  it('is refused, with one clear error, wherever it was cut off', () => {
    const text = encodeCheckpoint(checkpointOf(7));
    for (let length = 0; length < text.length - 2; length += 1)
      expect(() => decodeCheckpoint(text.slice(0, length), 'x.json')).toThrow(
        /x\.json is damaged .*checkpoint-corrupt/,
      );
  });

  it('is refused wherever one letter of its content has changed', () => {
    const text = encodeCheckpoint(checkpointOf(7));
    const start = text.indexOf('"content"');
    for (let at = start; at < text.length - 1; at += 1) {
      const letter = text[at] === '7' ? '8' : '7';
      expect(() => decodeCheckpoint(text.slice(0, at) + letter + text.slice(at + 1), 'x.json')).toThrow(
        /checkpoint-corrupt/,
      );
    }
  });

  it('of another format is refused as such', () => {
    const text = encodeCheckpoint(checkpointOf(7)).replace('"format":1', '"format":2');
    expect(() => decodeCheckpoint(text, 'x.json')).toThrow(/format 2[\s\S]*format 1/);
  });

  it('is not undone by one that has a tensor of another size than its shape', () => {
    const { identity, state } = checkpointOf(7);
    const wrong = {
      identity,
      state: { ...state, tensors: { w: { shape: [2], data: new Float32Array(3) } } },
    };
    expect(() => decodeCheckpoint(encodeCheckpoint(wrong), 'x.json')).toThrow(
      /12 bytes for the 2 numbers of w/,
    );
  });
});

describe('a folder of checkpoints', () => {
  it('keeps the two newest, by number and not by letter', () => {
    const path = folder();
    for (const step of [5, 40, 1_000]) saveCheckpoint(path, checkpointOf(step));
    expect(readdirSync(path)).toEqual(['step-000000040.json', 'step-000001000.json']);
    expect(newestCheckpoint(path)?.state.step).toBe(1_000);
  });

  it('without one, or that is not there, has none', () => {
    expect(newestCheckpoint(folder())).toBeUndefined();
    expect(newestCheckpoint('/nowhere')).toBeUndefined();
  });

  it('whose newest is damaged names it, and what to do', () => {
    const path = folder();
    for (const step of [5, 40]) saveCheckpoint(path, checkpointOf(step));
    const newest = join(path, 'step-000000040.json');
    writeFileSync(newest, readFileSync(newest, 'utf8').slice(0, 100));
    expect(() => newestCheckpoint(path)).toThrow(
      /step-000000040\.json is damaged[\s\S]*the checkpoint before it/,
    );
  });

  it('whose newest has the name of another step is refused', () => {
    const path = folder();
    saveCheckpoint(path, checkpointOf(5));
    renameSync(join(path, 'step-000000005.json'), join(path, 'step-000000006.json'));
    expect(() => newestCheckpoint(path)).toThrow(/another step/);
  });
});
