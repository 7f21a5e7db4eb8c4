import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FAULTS, LAWS } from '../../../invariants/index.ts';
import type { OpenEngine } from '../../../src/engine/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { meanAbility } from '../../../src/models/bewley/index.ts';
import type { Kit } from '../../../src/subjects/kit.ts';
import { correctKit, inBewley, subjectOf } from '../../../src/subjects/index.ts';
import { checkLaw } from '../../../src/verification/check-law.ts';
import { knownBad } from '../../../src/verification/controls.ts';
import { benchOf, judgeCase } from '../../../src/verification/judge-case.ts';
import type { Law } from '../../../src/verification/law.ts';
import { ratioOf } from '../../../src/verification/measurement.ts';

/** Laws that a fault of the exogenous side names. */
const laws = LAWS.filter(({ id }) =>
  FAULTS.some((fault) => fault.id.startsWith('bewley/') && fault.killedBy.includes(id)),
).filter(({ needs }) => needs.every(({ name }) => /^bewley\.(ability|initial)/.test(name)));

let engine: OpenEngine;
beforeAll(async () => {
  engine = await openEngine('cpu');
});
afterAll(() => {
  engine.close();
});

const verdictsOf = async (kit: Kit, seed: number, runs = 20): Promise<readonly string[]> => {
  const subject = subjectOf(kit, engine);
  const verdicts: string[] = [];
  for (const law of laws) {
    const { verdict, reason = '' } = await checkLaw(law, subject, { runs, seed });
    verdicts.push(`${law.id} ${verdict} ${reason}`.trim());
  }
  return verdicts;
};

const all = laws.map(({ id }) => `${id} holds`);

function lawNamed(id: string): Law {
  const found = LAWS.find((law) => law.id === id);
  if (found === undefined) throw new Error(`no law ${id}`);
  return found;
}

describe('the laws of ability', () => {
  test('are here', () => {
    expect(laws).toHaveLength(12);
  });

  test.each([21, 22, 23, 24, 25, 26])('hold, whatever the seed: %d', async (seed) => {
    expect(await verdictsOf(correctKit, seed, 100)).toEqual(all);
  });

  test.each(laws)('$id rejects the known-bad subject in each of its cases', async (law) => {
    const bench = benchOf(law, knownBad(subjectOf(correctKit, engine)));
    for (const sample of fc.sample(law.cases, { numRuns: 25, seed: 3 })) {
      const { worst } = await judgeCase(law, bench, sample);
      expect(ratioOf(worst)).toBeGreaterThan(1);
    }
  });

  test('use no tensor: nothing runs on the engine', async () => {
    for (const law of laws) {
      const { kernels } = await checkLaw(law, subjectOf(correctKit, engine), { runs: 1, seed: 1 });
      expect([law.id, kernels]).toEqual([law.id, {}]);
    }
  });
});

describe('one step of the star chain, as it is right in the wild', () => {
  // All uniform numbers of a period first, then all normal ones; flags by arithmetic; a fresh draw for everyone, used
  // by those who fall.
  const wild = inBewley(() => ({
    nextExogenous: (_kit, { ability: process, complete }, { ability, star }, stream) => {
      if (complete) return { ability: ability.slice(), star: star.slice() };
      const { rho, sigma, median, star: chain } = process;
      const uniforms = Array.from(ability, () => stream.uniform());
      const [shocks, fresh] = [0, 1].map(() => Float32Array.from(ability, () => stream.normal()));
      if (shocks === undefined || fresh === undefined) throw new Error('two rows of draws were expected');
      const flags = star.map((flag, agent) => {
        const uniform = uniforms[agent] ?? Number.NaN;
        return flag * Number(uniform < chain.stay) + (1 - flag) * Number(uniform < chain.become);
      });
      const s = sigma / Math.sqrt(1 - rho ** 2);
      const held = (log: number): number =>
        process.truncation === undefined
          ? log
          : Math.min(Math.max(log, -process.truncation * s), process.truncation * s);
      const next = ability.map((level, agent) => {
        if (flags[agent] === 1) return chain.multiplier * meanAbility(process);
        if (star[agent] === 1) return median * Math.exp(held(s * (fresh[agent] ?? Number.NaN)));
        const log = rho * Math.log(level / median) + sigma * (shocks[agent] ?? Number.NaN);
        return median * Math.exp(held(log));
      });
      return { ability: next, star: flags };
    },
  }));

  test.each([31, 32, 33])('passes every law: %d', async (seed) => {
    expect(await verdictsOf(wild(correctKit), seed)).toEqual(all);
  });
});

describe('the power of the laws of ability', () => {
  /** A kit whose persistence, risk or star level is a little off. */
  const near = (factor: number) => ({
    'bewley/ability-transition': inBewley((ability) => ({
      nextNormalAbility: (kit, process, level, shock) =>
        ability.nextNormalAbility(kit, { ...process, rho: process.rho * factor }, level, shock),
    })),
    'bewley/star-level': inBewley((ability) => ({
      starLevel: (process, level) => factor * ability.starLevel(process, level),
    })),
    'bewley/ability-bounds': inBewley((ability) => ({
      truncateAbility: (process, level) =>
        ability.truncateAbility({ ...process, median: process.median * factor }, level),
    })),
  });

  test.each(Object.entries(near(1 - 1e-3)))('%s sees what is off by a thousandth', async (id, inject) => {
    for (const seed of [41, 42, 43]) {
      const { verdict } = await checkLaw(lawNamed(id), subjectOf(inject(correctKit), engine), {
        runs: 20,
        seed,
        firstViolation: true,
      });
      expect(verdict).toBe('violated');
    }
  });

  test.each(FAULTS.filter(({ killedBy }) => killedBy.some((id) => laws.some((law) => law.id === id))))(
    '$id is killed with each of several seeds',
    async ({ inject, killedBy }) => {
      const faulty = subjectOf(inject(correctKit), engine);
      for (const id of killedBy) {
        const law = lawNamed(id);
        for (const seed of [51, 52, 53, 54, 55]) {
          const runs = law.budget?.power ?? 20;
          const { verdict } = await checkLaw(law, faulty, { runs, seed, firstViolation: true });
          expect([id, seed, verdict]).toEqual([id, seed, 'violated']);
        }
      }
    },
  );
});
