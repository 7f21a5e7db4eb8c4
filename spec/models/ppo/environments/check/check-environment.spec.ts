import { describe, expect, it } from 'vitest';
import type { Environment, FindingCode, Optimum } from '../../../../../src/models/ppo/index.ts';
import { checkEnvironment } from '../../../../../src/models/ppo/index.ts';
import { streamOf } from '../../../../../src/numerics/stream.ts';

const optimum: Optimum = {
  discount: 0.9,
  summary: 'do nothing',
  act: (_state, action) => {
    action[0] = 0;
  },
  // Each step pays 1 − a²: 10 for ever.
  value: () => 10,
};

/** A walk that costs its steps: nothing is wrong with it. */
const walk: Environment = {
  name: 'walk',
  summary: 'a walk',
  observations: ['place', 'twice the place'],
  actions: { kind: 'continuous', low: [-1], high: [1] },
  rewards: ['cost', 'living'],
  stateSize: 1,
  timeLimit: 40,
  reset: (state, random) => {
    state[0] = random.normal();
  },
  observe: ([place = 0], observation) => {
    observation.set([place, 2 * place]);
  },
  step: (state, [move = 0], rewards, random) => {
    state[0] = (state[0] ?? 0) + move + random.normal();
    rewards.set([-(move ** 2), 1]);
    return false;
  },
  potential: ([place = 0]) => place,
};

let kept = 0;
const secret = streamOf('not the one that is handed over');

const defects: readonly (readonly [FindingCode, Partial<Environment>, says: RegExp])[] = [
  ['time-limit', { timeLimit: 0 }, /is 0; expected a whole number/],
  ['time-limit', { timeLimit: 1.5 }, /is 1\.5/],
  ['state-size', { stateSize: -1 }, /is -1/],
  ['no-observations', { observations: [] }, /give a name/],
  ['no-rewards', { rewards: [] }, /at least one/],
  ['names-repeat', { rewards: ['cost', 'cost'] }, /"cost" twice/],
  ['action-count', { actions: { kind: 'discrete', count: 0 } }, /0 discrete actions/],
  ['bounds-number', { actions: { kind: 'continuous', low: [0, 0], high: [1] } }, /2 lower and 1 upper/],
  ['bounds-order', { actions: { kind: 'continuous', low: [1], high: [1] } }, /between 1 and 1/],
  ['bounds-order', { actions: { kind: 'continuous', low: [Number.NaN], high: [1] } }, /NaN/],
  ['bounds-mixed', { actions: { kind: 'continuous', low: [0], high: [Infinity] } }, /both infinite/],
  ['threw', { potential: () => JSON.parse('{') as number }, /throws/],
  [
    'writes-elsewhere',
    { observe: (state, observation) => new Float32Array(observation.buffer).fill(state[0] ?? 0) },
    /observe writes beside/,
  ],
  [
    'writes-elsewhere',
    {
      step: (state, _action, rewards, random) => {
        new Float32Array(state.buffer)[3] = 0;
        state[0] = random.normal();
        rewards.fill(0);
        return false;
      },
    },
    /step writes beside/,
  ],
  [
    'state-not-finite',
    {
      step: (state, _action, rewards) => {
        state[0] = (state[0] ?? 0) * 1e20;
        rewards.fill(0);
        return false;
      },
    },
    /Infinity as number 0/,
  ],
  ['observation-missing', { observe: (_state, observation) => observation.fill(0, 1) }, /"place"/],
  [
    'observation-not-finite',
    { observe: (_state, observation) => observation.fill(1 / 0) },
    /Infinity as "place"/,
  ],
  [
    'observation-by-chance',
    { observe: (_state, observation) => observation.fill(secret.uniform()) },
    /two different things/,
  ],
  [
    'observe-changes-state',
    {
      observe: (state, observation) => {
        observation.fill(state[0] ?? 0);
        state[0] = 0;
      },
    },
    /look only/,
  ],
  [
    'action-changed',
    { step: (_state, action, rewards) => (rewards.fill(0), (action[0] = 0.5), false) },
    /must be what was done/,
  ],
  ['reward-missing', { step: (_state, _action, rewards) => ((rewards[0] = 1), false) }, /"living" unwritten/],
  [
    'reward-not-finite',
    { step: (_state, _action, rewards) => (rewards.fill(Math.log(0)), false) },
    /-Infinity as the reward/,
  ],
  [
    'terminated-not-boolean',
    { step: (_state, _action, rewards) => (rewards.fill(0), 1 as unknown as boolean) },
    /answers 1/,
  ],
  ['reset-by-chance', { reset: (state) => state.fill(secret.normal()) }, /two resets/],
  [
    'step-by-chance',
    { step: (state, _action, rewards) => (rewards.fill(0), (state[0] = secret.normal()), false) },
    /two steps from the same state/,
  ],
  [
    'step-by-chance',
    { step: (_state, _action, rewards) => (rewards.fill((kept += 1)), false) },
    /must be in the state/,
  ],
  [
    'state-shared',
    {
      // A place beside the state, told apart in one episode by no step that is taken twice: it stays the same in between.
      reset: (state, random) => {
        kept = random.normal();
        state[0] = 0;
      },
      step: (_state, _action, rewards) => (rewards.fill(kept), false),
    },
    /another runs beside it/,
  ],
  ['never-ends', { timeLimit: Infinity }, /in 300 steps/],
  ['potential-not-finite', { potential: () => Number.NaN }, /NaN/],
  ['optimum-action', { optimum: { ...optimum, act: (_state, action) => action.fill(2) } }, /writes 2/],
  ['optimum-action', { optimum: { ...optimum, act: () => undefined } }, /writes NaN/],
  ['optimum-value-not-finite', { optimum: { ...optimum, value: () => Infinity } }, /Infinity/],
  ['optimum-value', { optimum: { ...optimum, value: () => 10.01 } }, /more than optimum\.value says/],
  ['optimum-value', { optimum: { ...optimum, discount: 0.91 } }, /discount factor 0\.91/],
  ['optimum-value', { optimum: { ...optimum, act: (_state, action) => action.fill(0.1) } }, /says/],
  [
    'optimum-value',
    // Right on average, since walks begin to either side alike.
    { optimum: { ...optimum, value: ([place = 0]) => 10 + place } },
    /with each standard deviation of "place"/,
  ],
  [
    'optimum-beaten',
    // Each step pays 1 − .01: 9.9 for ever, which is the value of this policy, and not the best.
    { optimum: { ...optimum, act: (_state, action) => action.fill(0.1), value: () => 9.9 } },
    /0\.1 of the way.* more/,
  ],
  [
    'optimum-beaten',
    {
      actions: { kind: 'discrete', count: 3 },
      step: (_state, [action = 0], rewards) => (rewards.fill(action / 4), false),
      optimum: { ...optimum, act: (_state, action) => action.fill(1), value: () => 5 },
    },
    /the action 2\.00 earns 0\.500 more/,
  ],
];

describe('checkEnvironment', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(checkEnvironment(walk)).toEqual([]);
    expect(checkEnvironment({ ...walk, optimum })).toEqual([]);
    expect(checkEnvironment({ ...walk, optimum: { ...optimum, value: () => 10 + 1e-6 } })).toEqual([]);
  });

  it.each(defects)('finds %s', (code, defect, says) => {
    const findings = checkEnvironment({ ...walk, ...defect }, { steps: 300 });
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.find((finding) => finding.code === code)?.sentence).toMatch(says);
  });

  it('has a defect here for every code', () => {
    const codes: Readonly<Record<FindingCode, true>> = {
      'time-limit': true,
      'state-size': true,
      'no-observations': true,
      'no-rewards': true,
      'names-repeat': true,
      'action-count': true,
      'bounds-number': true,
      'bounds-order': true,
      'bounds-mixed': true,
      threw: true,
      'writes-elsewhere': true,
      'state-not-finite': true,
      'observation-missing': true,
      'observation-not-finite': true,
      'observation-by-chance': true,
      'observe-changes-state': true,
      'action-changed': true,
      'reward-missing': true,
      'reward-not-finite': true,
      'terminated-not-boolean': true,
      'reset-by-chance': true,
      'step-by-chance': true,
      'state-shared': true,
      'never-ends': true,
      'potential-not-finite': true,
      'optimum-action': true,
      'optimum-value-not-finite': true,
      'optimum-value': true,
      'optimum-beaten': true,
    };
    expect(new Set(defects.map(([code]) => code))).toEqual(new Set(Object.keys(codes)));
  });
});
