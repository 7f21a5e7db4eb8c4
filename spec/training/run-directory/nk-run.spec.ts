import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NkProcedure } from '../../../src/models/nk/index.ts';
import { NK_PROCEDURES, nkKit } from '../../../src/models/nk/index.ts';
import { trainNk } from '../../../src/training/index.ts';
import { newestCheckpoint, RunRecorder } from '../../../src/training/run-directory/index.ts';
import { onWasm } from '../../nn/on-wasm.ts';
import { tiny } from '../nk/small.ts';

onWasm();

const identity = {
  model: 'nk',
  seed: 3,
  engine: { name: 'wasm', version: '' },
  versions: {},
  configuration: {},
};

/** Goes on with the run in a folder, from its newest checkpoint or from the start, up to a step. */
async function goOn(path: string, procedure: NkProcedure, maximumSteps: number): Promise<void> {
  const state = newestCheckpoint(join(path, 'checkpoints'))?.state;
  const recorder = new RunRecorder({ path, identity, logEvery: 3, stepsTaken: state?.step ?? 0 });
  await trainNk({
    kit: nkKit,
    configuration: tiny({ procedure, expectation: { rule: 'monte-carlo', draws: 4 } }),
    seed: 3,
    maximumSteps,
    logEvery: 3,
    onLog: (row) => {
      recorder.log({ ...row });
    },
    onCheckpoint: (saved) => {
      recorder.checkpoint(saved);
    },
    ...(state === undefined ? {} : { resumeFrom: state }),
  });
  recorder.close();
}

describe('a run of nk on the disk', () => {
  it.each(Object.keys(NK_PROCEDURES) as (keyof typeof NK_PROCEDURES)[])(
    'under %s leaves after 20 steps and 20 more what it leaves after 40, byte for byte',
    async (name) => {
      const [straight, halves] = ['a', 'b'].map(() => mkdtempSync(join(tmpdir(), 'plumbline-'))) as [
        string,
        string,
      ];
      await goOn(straight, NK_PROCEDURES[name], 40);
      await goOn(halves, NK_PROCEDURES[name], 20);
      await goOn(halves, NK_PROCEDURES[name], 40);
      for (const file of ['metrics.jsonl', 'checkpoints/step-000000040.json'])
        expect(readFileSync(join(halves, file), 'utf8')).toBe(readFileSync(join(straight, file), 'utf8'));
    },
  );
});
