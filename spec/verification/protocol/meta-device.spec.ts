import { expect, test } from 'vitest';
import { LAWS } from '../../../invariants/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import type { TypesOnDevice } from '../../../src/verification/protocol/index.ts';
import { META_DEVICE_LAW, metaDeviceLaw } from '../../../src/verification/protocol/index.ts';

const right: TypesOnDevice = async (_operation, input) => {
  const { shape = [] } = (input as { readonly zeta?: { readonly shape: readonly number[] } }).zeta ?? {};
  return { '.zeta': `float32[${shape.join(', ')}]` };
};

test.each<[string, TypesOnDevice, object]>([
  ['the types of the first device', right, { verdict: 'holds' }],
  [
    'another shape',
    async () => ({ '.zeta': 'float32[1, 3]' }),
    { verdict: 'violated', worst: { quantity: 'type of nk.step.zeta on meta', got: 'float32[1, 3]' } },
  ],
  ['no tensor', async () => ({}), { verdict: 'violated', worst: { got: 'nothing' } }],
  [
    'an error',
    async () => 'raised: RuntimeError: Expected all tensors to be on the same device',
    { verdict: 'violated', worst: { quantity: 'nk.step on meta', expected: 'an answer' } },
  ],
])('on meta there is %s', async (_what, typesOn, expected) => {
  const subject = subjectOf(correctKit, await openEngine('wasm'));
  for (const law of LAWS.filter(({ id }) => id === 'nk/transition')) {
    const shown = { ...metaDeviceLaw(law, typesOn, subject), coverage: [] };
    const verdict = await checkLaw(shown, subject, { runs: 3, seed: 1, firstViolation: true });
    expect(verdict).toMatchObject({ law: META_DEVICE_LAW.id, ...expected });
  }
});
