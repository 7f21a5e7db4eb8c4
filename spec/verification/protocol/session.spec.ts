import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { LAWS } from '../../../invariants/index.ts';
import { IEEE_SINGLE } from '../../../src/numerics/arithmetic.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import * as contract from '../../../src/verification/contracts/index.ts';
import {
  echoFailures,
  enginesOf,
  subprocessSubject,
  SubjectSession,
} from '../../../src/verification/protocol/index.ts';
import type { Subject } from '../../../src/verification/subject.ts';

const SCRIPT = fileURLToPath(new URL('misbehaving.js', import.meta.url));
const learningRate = LAWS.filter(({ id }) => id === 'training/learning-rate');

const sessions: SubjectSession[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
});

function sessionOf(mode: string, marker = ''): SubjectSession {
  const session = new SubjectSession({
    command: `"${process.execPath}" "${SCRIPT}" ${mode} "${marker}"`,
    client: { name: 'spec', version: '1' },
    startLimitMs: 20_000,
    requestLimitMs: 1_000,
  });
  sessions.push(session);
  return session;
}

async function subjectOf(mode: string, marker?: string): Promise<Subject> {
  const session = sessionOf(mode, marker);
  const said = await session.open();
  const [engine] = enginesOf(said);
  if (engine === undefined) throw new Error('it names no engine');
  return subprocessSubject({ session, said, engine, arithmetic: IEEE_SINGLE });
}

describe('a subject that misbehaves is never taken for one that holds', () => {
  test.each([
    ['hangs', 'subject-hung'],
    ['dies', 'subject-died'],
    ['raises', 'subject-raised'],
    ['chatters', 'stdout-chatter'],
    ['answers-twice', 'stdout-chatter'],
    ['not-json-rpc', 'answer-malformed'],
    ['other-id', 'answer-to-another'],
    ['null-for-nan', 'operation-output'],
  ])('%s: not checked, %s', async (mode, code) => {
    const subject = await subjectOf(mode);
    for (const law of learningRate) {
      const { verdict, reason } = await checkLaw(law, subject, { runs: 5, seed: 1 });
      expect(verdict).toBe('not-checked');
      expect(reason).toContain(`[${code}]`);
    }
  });

  test('one that is wrong is violated, not broken', async () => {
    const subject = await subjectOf('off-by-one');
    for (const law of learningRate)
      expect(await checkLaw(law, subject, { runs: 5, seed: 1 })).toMatchObject({ verdict: 'violated' });
  });
});

describe('a subject that holds, holds', () => {
  test.each(['right', 'floods'])('%s', async (mode) => {
    const subject = await subjectOf(mode);
    for (const law of learningRate)
      expect(await checkLaw(law, subject, { runs: 5, seed: 1 })).toMatchObject({ verdict: 'holds' });
  });

  test('also when it dies once: it is started again, and that is told', async () => {
    const marker = join(mkdtempSync(join(tmpdir(), 'plumbline-')), 'died');
    const subject = await subjectOf('dies-once', marker);
    for (const law of learningRate)
      expect(await checkLaw(law, subject, { runs: 5, seed: 1 })).toMatchObject({ verdict: 'holds' });
    expect(existsSync(marker)).toBe(true);
    expect(sessions.flatMap(({ deaths }) => deaths)).toEqual([expect.stringContaining('exit code 7')]);
  });

  test('after a law that it died in, in the next one', async () => {
    const subject = await subjectOf('dies');
    for (const law of [...learningRate, ...learningRate]) {
      const { reason } = await checkLaw(law, subject, { runs: 5, seed: 1 });
      expect(reason).toContain('[subject-died]');
    }
    // Once more in each law, and once between them.
    expect(sessions.flatMap(({ deaths }) => deaths)).toHaveLength(3);
  });
});

describe('a subject that cannot be started', () => {
  test.each([
    ['not-there', 'No module named torch'],
    ['other-protocol', 'version 99'],
    ['greets', 'Loading the model'],
  ])('%s: the reason is its own', async (mode, story) => {
    await expect(sessionOf(mode).open()).rejects.toMatchObject({
      code: 'subject-not-started',
      message: expect.stringContaining(story) as unknown,
    });
  });

  test('is not started for ever', async () => {
    const session = sessionOf('dies');
    const params = { operation: 'training.learningRate', input: {}, dtype: 'float32', device: 'cpu' };
    const codes: string[] = [];
    for (let law = 0; law < 10; law += 1) {
      session.beginLaw();
      await session.ask('call', params).catch((error: unknown) => {
        codes.push((error as { readonly code: string }).code);
      });
    }
    expect(codes.slice(0, 3)).toEqual(['subject-died', 'subject-died', 'subject-died']);
    expect(codes.at(-1)).toBe('subject-unstable');
  });
});

test('an adapter that rounds is told apart from one that does not', async () => {
  expect(await echoFailures(sessionOf('right'))).toEqual([]);
  const failures = await echoFailures(sessionOf('rounds'));
  expect(failures).toEqual([expect.stringContaining('numbers with all their digits')]);
});

test('calls that come together are answered one after the other', async () => {
  const subject = await subjectOf('right');
  const asked = [1, 2, 3].map((total) =>
    subject.call(contract.trainingLearningRate, { initial: total, final: 0, total, steps: [0] }),
  );
  expect((await Promise.all(asked)).map(({ rates }) => rates)).toEqual([[1], [2], [3]]);
});
