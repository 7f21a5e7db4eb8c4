// Measures every benchmark on the engines of the plans below, which must all be here, and writes what it saw to
// fixtures/benchmarks/models.json, from which the table in README.md is made: `npm run record:benchmarks`, half an hour on an idle
// machine. Reports that `plumbline bench --json` wrote may be given as arguments; then nothing is measured, and all must be there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../dist/src/atomic-write.js';
import { differencesOf } from '../dist/src/benchmarking/environment.js';
import {
  countsOf,
  latencyOf,
  memoryOf,
  quartilesOf,
  unitsCountedIn,
} from '../dist/src/benchmarking/result.js';

const FILE = fileURLToPath(new URL('../fixtures/benchmarks/models.json', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

/** What a table tells of a benchmark on an engine. */
function rowOf({ benchmark, engine, unit, parts, result }) {
  const latency = latencyOf(result);
  const units = unitsCountedIn(result);
  return {
    benchmark,
    engine,
    unit,
    ms: [latency.p25, latency.p50, latency.p75].map((ms) => Number(ms.toPrecision(3))),
    ...(parts === undefined ? {} : { parts }),
    ...(units === undefined
      ? {}
      : {
          kernels: Math.round(Math.max(...countsOf(result, 'kernels')) / units),
          tensors: Math.max(...countsOf(result, 'tensors')),
        }),
    mebibytes: Math.round(quartilesOf(memoryOf(result)).p50 / 2 ** 20),
    growth: result.growth.map(({ series, verdict, slope, upper, allowed }) => ({
      series,
      verdict,
      slope,
      upper,
      allowed,
    })),
  };
}

/** Two processes a benchmark; where a step takes seconds, or the GPU is a processor that plays one, a single process. */
const PLANS = [
  [
    ...[
      'nk-published',
      'nk-gauss-hermite',
      'nk-quality',
      'bewley-small',
      'ppo-update',
      'ppo-rollout',
      'ppo-learning',
    ],
    ...['--processes', '2', '--engines', 'wasm,tensorflow'],
  ],
  ['read-json-lines', 'read-events', 'subject-call', 'subject-tensor', '--processes', '2'],
  ['nk-published', 'bewley-small', 'ppo-update', '--processes', '2', '--engines', 'cpu'],
  // On wasm a unit takes 4 s, and the other way of it that is timed beside more than a minute.
  ['bewley-large', '--processes', '1', '--engines', 'tensorflow'],
  ['nk-published', 'bewley-small', 'ppo-update', '--processes', '1', '--engines', 'webgpu'],
];

/** What a plan measures. */
function casesOf(plan) {
  const names = plan.slice(0, plan.indexOf('--processes'));
  const engines = plan.includes('--engines') ? plan.at(-1).split(',') : ['host'];
  return names.flatMap((name) => engines.map((engine) => [name, engine]));
}

const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
let isWhole = false;
try {
  const given = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const measured = (given.length > 0 ? [] : PLANS).map((plan, index) => {
    const json = join(folder, `${index}.json`);
    const { status } = spawnSync(process.execPath, [MAIN, 'bench', ...plan, '--json', json], {
      stdio: 'inherit',
    });
    // Of what was not measured whole no table is made.
    if (status !== 0 && status !== 1)
      throw new Error(`plumbline bench ${plan.join(' ')} did not measure all`);
    if (status !== 0) process.exitCode = status;
    return JSON.parse(readFileSync(json, 'utf8'));
  });
  const reports = [...given, ...measured];
  const [first] = reports;
  const elsewhere = reports.flatMap(({ environment }) => differencesOf(first.environment, environment));
  if (elsewhere.length > 0) throw new Error(`the reports are of several machines: ${elsewhere.join('; ')}`);
  const rows = reports
    .flatMap(({ outcomes }) => outcomes.filter((outcome) => 'result' in outcome))
    .map(rowOf);
  const lacking = PLANS.flatMap(casesOf).filter(
    ([benchmark, engine]) => !rows.some((row) => row.benchmark === benchmark && row.engine === engine),
  );
  if (lacking.length > 0) {
    const names = lacking.map(([benchmark, engine]) => `${benchmark} on ${engine}`).join(', ');
    throw new Error(`a table lacks ${names}: measure them by plumbline bench --json, and give all reports`);
  }
  const benchmarks = [...new Set(rows.map(({ benchmark }) => benchmark))];
  const record = {
    madeBy: 'npm run record:benchmarks',
    date: first.startedAt.slice(0, 10),
    environment: first.environment,
    versions: first.versions,
    rows: benchmarks.flatMap((name) => rows.filter(({ benchmark }) => benchmark === name)),
  };
  writeAtomically(FILE, `${JSON.stringify(record, undefined, 2)}\n`);
  isWhole = true;
} finally {
  if (isWhole) rmSync(folder, { recursive: true });
  else process.stderr.write(`What was measured until now is in ${folder}, to be given as arguments.\n`);
}
