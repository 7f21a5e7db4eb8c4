import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { checkLaw } from '../../src/verification/check-law.ts';
import { counterexampleFile, parseCounterexample } from '../../src/verification/counterexample.ts';
import { replay } from '../../src/verification/replay.ts';
import { doubles, toy } from './toy.ts';

const broken = toy((x) => (x > 100 ? 0 : 2 * x));

async function found(): Promise<{ name: string; text: string }> {
  const verdict = await checkLaw(doubles, broken, { runs: 100, seed: 42 });
  if (verdict.violation === undefined) throw new Error('the toy is not broken');
  return counterexampleFile({ ...verdict, violation: verdict.violation }, { plumbline: '0.0.0' });
}

describe('counterexample files', () => {
  test('replay: violated while the bug is there, holds when it is gone', async () => {
    const { name, text } = await found();
    const counterexample = parseCounterexample(text, name);
    expect(await replay(name, counterexample, doubles, broken)).toMatchObject({ verdict: 'violated' });
    expect(
      await replay(
        name,
        counterexample,
        doubles,
        toy((x) => 2 * x),
      ),
    ).toMatchObject({ verdict: 'holds' });
  });

  test('the same case found again has the same name', async () => {
    expect((await found()).name).toBe((await found()).name);
    expect((await found()).name).toMatch(/^toy-doubles-none-[0-9a-f]{8}\.json$/);
  });

  test.each([
    ['not JSON', '{"kind": '],
    ['another kind', '{"kind":"something"}'],
    ['a later format', JSON.stringify({ kind: 'plumbline counterexample', format: 2 })],
  ])('%s is refused with what to do', (_what, text) => {
    expect(() => parseCounterexample(text, 'x.json')).toThrow(InputError);
    expect(() => parseCounterexample(text, 'x.json')).toThrow(/counterexample-corrupt[\s\S]*to do:/);
  });

  test('a case that no longer fits the law is not-checked, not a pass', async () => {
    const { name, text } = await found();
    const counterexample = { ...parseCounterexample(text, name), shrunk: { y: 1 } };
    expect(await replay(name, counterexample, doubles, broken)).toMatchObject({ verdict: 'not-checked' });
  });
});
