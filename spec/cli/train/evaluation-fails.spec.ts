import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrainableModel } from '../../../src/cli/train/model.ts';
import { nkModel } from '../../../src/cli/train/nk.ts';
import { trainRun } from '../../../src/cli/train/run.ts';
import { SubjectError } from '../../../src/errors.ts';
import type { NkConfiguration } from '../../../src/models/nk/index.ts';

const audience = {
  say: () => undefined,
  watch: () => ({
    read: () => undefined,
    reach: () => undefined,
    work: () => undefined,
    clear: () => undefined,
  }),
};

async function ended(evaluate: TrainableModel<NkConfiguration>['evaluate'], faults: readonly string[]) {
  const out = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'run');
  const options = { presets: [], set: ['network.hidden=[4]', 'batch=4'], faults, json: false, quiet: true };
  const signal = new AbortController().signal;
  const end = await trainRun({ ...nkModel, evaluate }, { ...options, steps: 2, out }, { signal, audience });
  return { end, hasEvaluation: existsSync(join(out, 'evaluation.json')) };
}

const unjudged = async () => ({
  data: { notSimulated: 'why' },
  terminal: 'could not be judged',
  failure: 'why',
  draw: () => Promise.resolve(),
});

describe('a run whose policy cannot be judged', () => {
  it('has failed, with its checkpoint kept', async () => {
    const { end } = await ended(unjudged, []);
    expect(end).toMatchObject({ status: 'failed' });
    expect(end).toHaveProperty('story', expect.stringMatching(/why\n +kept: +the checkpoint of step 2/));
  });

  it('has ended as it was to be expected where it was trained with a fault: its log is what is asked for', async () => {
    const { end, hasEvaluation } = await ended(unjudged, ['nk/euler-sign']);
    expect(end).toMatchObject({ status: 'evaluated', evaluation: { notSimulated: 'why' } });
    expect(hasEvaluation).toBe(true);
  });

  it('has failed, too, where the model refuses', async () => {
    const refuse = async () => {
      throw new SubjectError({ code: 'domain', what: 'left the domain' });
    };
    expect((await ended(refuse, [])).end).toMatchObject({ status: 'failed' });
  });
});
