// Records the corpus on which `plumbline diagnose` is calibrated and scored: node scripts/record-corpus.js [--jobs 2]
// [--only PATTERN] [--seeds 3] [--out .plumbline/corpus]
//
// Every run is made by a recipe of fixtures/reproductions, in a process of its own. What is there already and was made
// by the same recipe stays: the same command goes on. corpus.json says what there is.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { plannedRuns } from './record-corpus/planned-runs.js';
import { SetupFailure } from './setup/failure.js';
import { runProgram } from './setup/run-program.js';

const CHILD = fileURLToPath(new URL('record-corpus/child.js', import.meta.url));

/** Six times what a recipe may take on an idle machine. */
const RUN_MS = 2 * 60_000;

const KEPT = ['config.yaml', 'metrics.jsonl', 'timing.jsonl', 'environment.json', 'evaluation.json'];

/** Threads of one run do not disturb another. */
const ONE_THREAD = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };

const { values: options } = parseArgs({
  options: {
    jobs: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '3' },
    out: { type: 'string', default: '.plumbline/corpus' },
  },
});

const out = resolve(options.out);
const index = join(out, 'corpus.json');
const began = performance.now();

/** Entries by name, of this time and of earlier ones. */
const recorded = new Map(
  existsSync(index) ? JSON.parse(readFileSync(index, 'utf8')).runs.map((entry) => [entry.name, entry]) : [],
);

function write() {
  const runs = [...recorded.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  writeFileSync(`${index}.tmp`, `${JSON.stringify({ runs }, null, 2)}\n`);
  renameSync(`${index}.tmp`, index);
}

async function record({ entry, assignment, fingerprint }) {
  const folder = join(out, entry.folder);
  const making = join(out, '.making', entry.name.replaceAll('/', '_'));
  rmSync(making, { recursive: true, force: true });
  const args = [CHILD, JSON.stringify({ ...assignment, out: making })];
  const from = performance.now();
  const { code, output, timedOut } = await runProgram(process.execPath, args, {
    env: { ...process.env, ...ONE_THREAD },
    timeoutMs: RUN_MS,
  });
  const seconds = Math.round((performance.now() - from) / 100) / 10;
  if (code !== 0) return { what: timedOut ? 'took too long' : `exit code ${code}`, output };
  for (const name of readdirSync(making))
    if (!KEPT.includes(name)) rmSync(join(making, name), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(making, folder);
  const said = JSON.parse(output.trim().split('\n').at(-1));
  recorded.set(entry.name, { ...entry, ...said, seconds, fingerprint });
  write();
  return undefined;
}

const isThere = ({ entry, fingerprint }) =>
  recorded.get(entry.name)?.fingerprint === fingerprint && existsSync(join(out, entry.folder));

mkdirSync(out, { recursive: true });
const all = plannedRuns(Number(options.seeds));
if (options.only === '') {
  // What no recipe makes any more belongs to no corpus.
  const withoutSeed = (name) => name.slice(0, name.lastIndexOf('/'));
  const made = new Set(all.map(({ entry }) => withoutSeed(entry.name)));
  for (const name of recorded.keys()) {
    if (made.has(withoutSeed(name))) continue;
    rmSync(join(out, name), { recursive: true, force: true });
    recorded.delete(name);
  }
}
const wanted = all.filter(({ entry }) => new RegExp(options.only).test(entry.name));
const todo = wanted.filter((run) => !isThere(run));
let done = 0;
let failures = 0;
const queue = [...todo];
async function work() {
  for (let run = queue.shift(); run !== undefined; run = queue.shift()) {
    const failure = await record(run);
    done += 1;
    const minutes = (performance.now() - began) / 60_000;
    const left = (minutes / done) * (todo.length - done);
    const how =
      failure === undefined ? `${recorded.get(run.entry.name).seconds} s` : `FAILED, ${failure.what}`;
    process.stdout.write(
      `${done} of ${todo.length}  ${run.entry.name}: ${how}  (${left.toFixed(0)} min left)\n`,
    );
    if (failure === undefined) continue;
    failures += 1;
    process.stderr.write(`${failure.output}\n`);
  }
}
try {
  if (wanted.length === 0)
    throw new SetupFailure('no run has such a name', 'leave --only out to see them all');
  await Promise.all(Array.from({ length: Number(options.jobs) }, work));
  rmSync(join(out, '.making'), { recursive: true, force: true });
  write();
  const kept = wanted.length - failures;
  process.stdout.write(`${kept} of ${wanted.length} runs are in ${out}, ${all.length} in the whole corpus\n`);
  if (failures > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
