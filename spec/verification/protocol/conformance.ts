import { describe, expect, test } from 'vitest';
import { LAWS } from '../../../invariants/index.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import * as contract from '../../../src/verification/contracts/index.ts';
import { checkControl } from '../../../src/verification/controls.ts';
import { operation } from '../../../src/verification/operation.ts';
import type { Subject } from '../../../src/verification/subject.ts';
import { float32 } from '../../../src/verification/tensor-value.ts';

/** Laws that ask for tensors of every rank, numbers, flags, words and refusals. */
const ASKED = [
  'nk/residuals',
  'nk/network',
  'bewley/taxes',
  'bewley/domain',
  'normaliser/empty',
  'ppo/explained-variance',
  'training/learning-rate',
];

const PARAMETERS = float32(
  [3, 8],
  Array.from({ length: 3 }, () => [0.97, 2, 1.125, 0.7, 1.875, 0.25, 0.875, 0.06]).flat(),
);

/** What any subject does, whichever way it is asked. `reference` answers the same operations in this process. */
export function conforms(title: string, open: () => Subject, reference: () => Subject): void {
  describe(`${title} is a subject like any other`, () => {
    test('answers bit for bit as the models do in this process', async () => {
      const input = {
        parameters: PARAMETERS,
        zeta: float32([3], [0.1, -0.3, 0]),
        innovation: float32([3], [1, -2, 0.5]),
      };
      expect(await open().call(contract.nkStep, input)).toEqual(
        await reference().call(contract.nkStep, input),
      );
    });

    test('passes what is not finite on, and the sign of 0', async () => {
      const inputs = [float32([5], [-0, NaN, Infinity, -Infinity, 1e-38]), float32([5], [1, 1, 1, 1, 1])];
      const asked = { primitive: 'mul' as const, inputs };
      const [own, other] = [
        await open().call(contract.engineSpecial, asked),
        await reference().call(contract.engineSpecial, asked),
      ];
      expect([...own.value.data].map(String)).toEqual([...other.value.data].map(String));
      expect(own.policy).toEqual(other.policy);
    });

    test('does not have what it does not have', async () => {
      const stranger = operation({ ...contract.nkStep, name: 'nk.noSuchOperation' });
      expect(open().has(stranger)).toBe(false);
      const zeros = float32([3], [0, 0, 0]);
      const asked = open().call(stranger, { parameters: PARAMETERS, zeta: zeros, innovation: zeros });
      await expect(asked).rejects.toMatchObject({ name: 'SubjectError', code: 'operation-missing' });
    });

    test('refuses with the code of the contract', async () => {
      const schedule = { tau: 0.2, xi: 0.5 };
      const asked = open().call(contract.bewleyTaxes, { schedule, x: float32([2, 3], [1, 2, -1, 3, 4, 5]) });
      await expect(asked).rejects.toMatchObject({ name: 'SubjectError', code: 'domain' });
    });

    test('is not asked what a contract does not allow', async () => {
      const asked = open().call(contract.trainingLearningRate, {
        initial: 1,
        final: 0,
        total: -1,
        steps: [0],
      });
      await expect(asked).rejects.toMatchObject({ name: 'SuiteError', code: 'operation-input' });
    });

    test.each(LAWS.filter(({ id }) => ASKED.includes(id)))(
      'obeys $id, which rejects a bad one',
      async (law) => {
        const verdict = await checkLaw(law, open(), { runs: 10, seed: 1 });
        expect(verdict).toMatchObject({ verdict: 'holds' });
        expect(await checkControl(law, open(), { runs: 10, seed: 1 })).toMatchObject({ verdict: 'violated' });
      },
    );
  });
}
