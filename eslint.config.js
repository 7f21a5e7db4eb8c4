import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** Which room may import from which: the direction of "How it is built" in README.md, kept by machine. A room may always import itself. */
const MAY_IMPORT = {
  base: [],
  numerics: ['base'],
  engine: ['base', 'numerics'],
  nn: ['base', 'numerics', 'engine'],
  models: ['base', 'numerics', 'engine', 'nn'],
  training: ['base', 'numerics', 'engine', 'nn', 'models'],
  runs: ['base', 'models', 'training'],
  diagnosis: ['base', 'numerics', 'models', 'runs'],
  benchmarking: ['base', 'numerics', 'engine'],
  experiments: ['base', 'models'],
  verification: ['base', 'numerics'],
  subjects: ['base', 'numerics', 'engine', 'nn', 'models', 'training', 'verification'],
  reporting: ['base', 'engine', 'runs', 'diagnosis', 'verification', 'benchmarking', 'experiments'],
  bench: ['base', 'numerics', 'engine', 'nn', 'models', 'training', 'runs', 'benchmarking', 'verification'],
  laws: ['base', 'numerics', 'verification'],
  faults: ['base', 'numerics', 'engine', 'nn', 'models', 'subjects', 'verification'],
  catalogue: ['laws', 'faults', 'subjects', 'verification'],
  library: [
    'base',
    'numerics',
    'engine',
    'models',
    'training',
    'subjects',
    'verification',
    'reporting',
    'catalogue',
    'benchmarking',
  ],
  cli: [
    'base',
    'numerics',
    'engine',
    'nn',
    'models',
    'training',
    'runs',
    'diagnosis',
    'experiments',
    'verification',
    'subjects',
    'reporting',
    'laws',
    'faults',
    'catalogue',
    'library',
    'benchmarking',
    'bench',
  ],
};

/** Rooms that are single files beside the folders. */
const FILES = {
  base: 'src/@(errors|atomic-file|atomic-write|closest-name|version).ts',
  library: 'src/@(index|vitest).ts',
  catalogue: 'invariants/*.ts',
};

const FOLDERS = {
  ...Object.fromEntries(
    Object.keys(MAY_IMPORT)
      .filter((name) => !(name in FILES) && name !== 'laws' && name !== 'faults' && name !== 'bench')
      .map((name) => [name, `src/${name}`]),
  ),
  bench: 'bench',
  faults: 'invariants/*/faults',
  laws: 'invariants/*',
};

const room = (name) => (name in FILES ? { file: { categories: name } } : { element: { type: name } });

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.plumbline/', 'examples/**/dist/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Numbers belong in messages; everything else must be turned into text on purpose.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A subject answers asynchronously whether or not it has to wait.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'invariants/**/*.ts', 'bench/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.entries(FOLDERS).map(([type, pattern]) =>
        // A folder of this name is a command's too: src/cli/bench.
        type === 'bench' ? { type, pattern, partialMatch: false } : { type, pattern },
      ),
      'boundaries/files': Object.entries(FILES).map(([category, pattern]) => ({ category, pattern })),
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(MAY_IMPORT).flatMap(([from, allowed]) =>
            [from, ...allowed].map((to) => ({ from: room(from), allow: { to: room(to) } })),
          ),
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'invariants/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(dataSync|arraySync)$/]',
          message: 'A GPU cannot be read synchronously: await data() or array().',
        },
      ],
    },
  },
  {
    files: ['**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { projectService: false, program: null },
      globals: { process: 'readonly', URL: 'readonly' },
    },
  },
);
