import fc from 'fast-check';
import { bewleyAbilityPath } from '../../src/verification/contracts/index.ts';
import { between, seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { bitEqual, same } from '../../src/verification/measurement.ts';
import type { OutputOf } from '../../src/verification/operation.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import type { InitialAbility, Process } from './ability-cases.ts';
import { anyStart, NO_STARS, normalProcess } from './ability-cases.ts';

type Path = OutputOf<typeof bewleyAbilityPath>;

const AGENTS = 101;
const STEPS = 3;

/**
 * Agents who may end with one ability in both branches. Their logs are then within a spacing, 2⁻²³; the difference of
 * the shocks has a density below 0.29/σ, σ ≥ 0.05: 1.4e-6 an agent, 4.2e-4 over all 303, and so 1e-11 for three of them.
 */
const CHANCE_MATCHES = 2;

const KINDS = ['random', 'with stars', 'deterministic', 'complete'] as const;

interface Case {
  readonly kind: (typeof KINDS)[number];
  readonly process: Process;
  readonly star: Process['star'];
  readonly initial: InitialAbility;
  readonly seed: number;
}

/** Branches differ where something is random, agree where nothing is, and one of them is committed whole. */
export const abilityBranches = law<Case>({
  id: 'bewley/ability-branches',
  statement:
    'Branches A and B differ where ability is random; they are the same where it is deterministic, and the state itself where it is complete; the next state is the chosen branch, ability and flag.',
  formula: 'A ≠ B if σ_e > 0;  A = B if σ_e = p = 0;  A = B = state if complete;  state′ ∈ {A, B}',
  guards:
    'one draw for both branches: the loss is then a mean of squares, which is biased and never negative',
  suspects: 'streams of the branches, and the commit (src/models/bewley/ability-branches.ts here)',
  oracle: 'identity',
  bound: 'none: equal bit for bit; two of 303 agents may match by chance (error rate 1e-11)',
  needs: [bewleyAbilityPath],
  // Branches that are taken for each other show in a case of five, where both are random: one gate in 10⁹ misses them.
  budget: { runs: 40, power: 100 },
  coverage: KINDS.map((kind) => ({
    label: kind,
    minimumShare: 0.1,
    shows: (sample) => sample.kind === kind,
  })),
  cases: fc.record({
    kind: fc.constantFrom(...KINDS),
    process: normalProcess,
    star: fc.record({ become: between(0.1, 0.4), stay: between(0.3, 0.9), multiplier: between(2, 20) }),
    initial: anyStart,
    seed: seeds,
  }),
  async judge({ kind, process, star, initial, seed }, { call }) {
    const isCalm = kind === 'deterministic';
    const path = await call(bewleyAbilityPath, {
      process: {
        ...process,
        sigma: isCalm ? 0 : process.sigma,
        star: kind === 'random' || isCalm ? NO_STARS : star,
      },
      complete: kind === 'complete',
      initial,
      count: AGENTS,
      steps: STEPS,
      seed,
    });
    return [...committedWhole(path), ...branchesAsDeclared(kind, path)];
  },
});

function branchesAsDeclared(kind: Case['kind'], { committed, a, b }: Path): readonly Measurement[] {
  if (kind === 'with stars') return [];
  if (kind === 'random') {
    const matches = Array.from(a.ability.data).filter((level, index) =>
      Object.is(level, b.ability.data[index]),
    ).length;
    return [
      { quantity: 'agents of one ability in both branches', measured: matches, allowed: CHANCE_MATCHES },
    ];
  }
  const agree = [
    bitEqual('ability in branch A', a.ability, b.ability, agentAt),
    bitEqual('flags in branch A', a.star, b.star, agentAt),
  ];
  if (kind === 'deterministic') return agree;
  return [
    ...agree,
    bitEqual('ability in branch A of a complete economy', a.ability, first(committed.ability), agentAt),
    bitEqual('flags in branch A of a complete economy', a.star, first(committed.star), agentAt),
  ];
}

function committedWhole({ committed, a, b, chosen }: Path): readonly Measurement[] {
  const branch = (index: number) => (chosen.data[Math.floor(index / AGENTS)] === 0 ? a : b);
  const expected = (name: 'ability' | 'star'): TensorValue => ({
    ...a[name],
    data: a[name].data.map((_, index) => branch(index)[name].data[index] ?? Number.NaN),
  });
  const isCoin = chosen.data.every((choice) => choice === 0 || choice === 1);
  return [
    same('branches chosen, 0 or 1', String(isCoin), 'true'),
    bitEqual('committed ability', last(committed.ability), expected('ability'), agentAt),
    bitEqual('committed flags', last(committed.star), expected('star'), agentAt),
  ];
}

/** The states that branches were drawn from, without the one after them, and the reverse. */
function first(value: TensorValue): TensorValue {
  return { ...value, shape: [STEPS, AGENTS], data: value.data.slice(0, STEPS * AGENTS) };
}

function last(value: TensorValue): TensorValue {
  return { ...value, shape: [STEPS, AGENTS], data: value.data.slice(AGENTS) };
}

function agentAt(index: number): string {
  return `period ${Math.floor(index / AGENTS)}, agent ${index % AGENTS}`;
}
