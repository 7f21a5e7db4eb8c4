import fc from 'fast-check';
import { trainingConfigure, trainingKeys } from '../../src/verification/contracts/index.ts';
import { seeds } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import { same } from '../../src/verification/measurement.ts';
import { isBewley, isNk, isPpo, isSecondOrder, rules, trainers } from './cases.ts';

/** Keys that every case sets, and that must therefore be among those that are declared. */
const GIVEN = {
  nk: ['procedure.state', 'expectation.rule'],
  bewley: ['network.distribution', 'redraw.unit', 'normaliser.scope'],
  ppo: ['environment.name', 'network.shared', 'value.clip', 'returns.normalisation'],
} as const;

/** Every key that a configuration declares is read by the run. */
export const keysRead = law({
  id: 'training/keys-read',
  statement: 'Every key of the configuration is read while a run is set up and trained.',
  formula: 'declared ∖ read = ∅',
  guards:
    'a key is parsed, printed and never used: the experiment that changed it compared a run with itself',
  suspects: 'a literal where the key belongs; a default that is applied after the key was read',
  oracle: 'identity',
  bound: 'none: reads are recorded',
  needs: [trainingKeys],
  budget: { runs: 12 },
  coverage: [
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ trained }) => isBewley(trained) },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ trained }) => isPpo(trained) },
    {
      label: 'the second-order rule',
      minimumShare: 0.15,
      shows: ({ trained }) => isNk(trained, isSecondOrder),
    },
    {
      label: 'uniform states',
      minimumShare: 0.1,
      shows: ({ trained }) => isNk(trained, ({ procedure }) => procedure.state === 'uniform'),
    },
  ],
  modelOf: ({ trained }) => trained.model,
  cases: fc.record({
    trained: trainers(
      fc
        .record({
          procedure: fc.record({ state: fc.constantFrom('ergodic', 'uniform', 'simulated') }),
          expectation: fc.constantFrom(
            { rule: 'gauss-hermite', nodes: 3 },
            { rule: 'monte-carlo', draws: 4 },
          ),
          rule: rules,
        })
        .map(({ rule, ...settings }) => ({ ...settings, ...rule })),
    ),
    seed: seeds,
  }),
  async judge({ trained, seed }, { call }) {
    const { declared, read } = await call(trainingKeys, { ...trained, seed, steps: 3 });
    const unread = declared.filter((key) => !read.includes(key));
    return [
      same('keys never read', unread.join(', '), ''),
      same('keys read that are not declared', read.filter((key) => !declared.includes(key)).join(', '), ''),
      same(
        'keys that were set and are not declared',
        GIVEN[trained.model].filter((key) => !declared.includes(key)).join(', '),
        '',
      ),
    ];
  },
});

/** What is wrong with a configuration, the key that must be named, and the configuration. */
const refusals = [
  { model: 'nk', key: 'btach', configuration: { btach: 100 } },
  { model: 'nk', key: 'learningrate', configuration: { optimiser: { learningrate: 1e-3 } } },
  { model: 'nk', key: 'state', configuration: { procedure: { state: 'stationary' } } },
  { model: 'bewley', key: 'agnets', configuration: { batch: { agnets: 5 } } },
  { model: 'bewley', key: 'become', configuration: { ability: { star: { become: '1e-3' } } } },
  { model: 'bewley', key: 'distribution', configuration: { network: { distribution: 'sorted' } } },
  { model: 'ppo', key: 'rolout', configuration: { rolout: 3 } },
  { model: 'ppo', key: 'lambda', configuration: { lambda: '0.95' } },
  { model: 'ppo', key: 'clip', configuration: { value: { clip: 'absolut' } } },
] as const;

/** Values of numeric keys that are not numbers, as YAML and shells produce them. */
const notNumbers = ['100', '1e-3', '', null, true, Number.NaN, [100]] as const;

const mistyped = fc
  .tuple(
    fc.constantFrom(
      { model: 'nk' as const, key: 'batch' },
      { model: 'nk' as const, key: 'iterations' },
      { model: 'bewley' as const, key: 'steps' },
      { model: 'ppo' as const, key: 'minibatch' },
    ),
    fc.constantFrom(...notNumbers),
  )
  .map(([{ model, key }, value]) => ({ model, key, configuration: { [key]: value } }));

/** Unknown and mistyped keys are refused, and the refusal names them. */
export const refusesBadKeys = law({
  id: 'training/refuses-bad-keys',
  statement:
    'A configuration with an unknown key, or with a value of another type, is refused with a message that names the key; a good one is accepted.',
  formula: 'accepted ⇔ every key is known and of its type',
  guards: 'a misspelt key is ignored, "1e-3" is a string, and the run trains with the default',
  suspects: 'the parser of the configuration: unknown keys stripped, values coerced',
  oracle: 'identity',
  bound: 'none',
  needs: [trainingConfigure],
  budget: { runs: 40 },
  coverage: [
    {
      label: 'a value of another type',
      minimumShare: 0.3,
      shows: ({ key }) => ['batch', 'iterations', 'steps', 'minibatch'].includes(key),
    },
    { label: 'the Bewley trainer', minimumShare: 0.15, shows: ({ model }) => model === 'bewley' },
    { label: 'the PPO trainer', minimumShare: 0.15, shows: ({ model }) => model === 'ppo' },
  ],
  cases: fc.oneof(fc.constantFrom(...refusals), mistyped),
  async judge({ model, key, configuration }, { call }) {
    const bad = await call(trainingConfigure, { model, configuration });
    const good = await call(trainingConfigure, { model, configuration: {} });
    return [
      same(
        `configuration ${JSON.stringify(configuration)} of ${model}`,
        bad.accepted ? 'accepted' : 'refused',
        'refused',
      ),
      same(
        'the message names the key',
        bad.accepted || bad.message.includes(key) ? 'yes' : bad.message,
        'yes',
      ),
      same('the default configuration', good.accepted ? 'accepted' : `refused: ${good.message}`, 'accepted'),
    ];
  },
});
