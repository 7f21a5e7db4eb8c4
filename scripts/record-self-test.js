// Runs `plumbline bench --self-test` many times, on an idle machine and with a core that is kept busy, and writes to
// fixtures/benchmarks/self-test.json how often each injected fault was seen: `npm run record:self-test` (half an hour).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../dist/src/atomic-write.js';

const FILE = fileURLToPath(new URL('../fixtures/benchmarks/self-test.json', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

/** As often as it takes to tell 18 of 20 from fewer. */
const RUNS = 20;

/** Keeps a core busy until its input ends: also when this script is killed. */
const BUSY = `
  process.stdin.on('end', () => process.exit()).resume();
  const spin = () => {
    for (const until = Date.now() + 50; Date.now() < until; );
    setImmediate(spin);
  };
  spin();
`;

/** What one self-test saw, and what it took. */
function selfTest(folder) {
  const json = join(folder, 'self-test.json');
  rmSync(json, { force: true });
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'bench', '--self-test', '--json', json], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`the self-test ended with ${String(status)}:\n${stderr}`);
  return { seconds, cases: JSON.parse(readFileSync(json, 'utf8')).cases };
}

function selfTests(folder, name) {
  const runs = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const one = selfTest(folder);
    runs.push(one);
    const said = one.cases.map(({ passed, found }) => `${passed ? '✓' : '✗'} ${found}`).join(' · ');
    process.stdout.write(`${name} ${run}: ${one.seconds.toFixed(1)} s  ${said}\n`);
  }
  const cases = runs[0].cases.map(({ what, expected }, index) => ({
    what,
    expected,
    passed: runs.filter(({ cases: all }) => all[index].passed).length,
  }));
  return { runs: RUNS, longestSeconds: Math.max(...runs.map(({ seconds }) => seconds)), cases };
}

const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
try {
  const idle = selfTests(folder, 'idle');
  const busy = spawn(process.execPath, ['-e', BUSY], { stdio: ['pipe', 'ignore', 'ignore'] });
  let loaded;
  try {
    loaded = selfTests(folder, 'a core busy');
  } finally {
    busy.kill('SIGKILL');
  }
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version };
  const record = {
    madeBy: 'npm run record:self-test',
    date: new Date().toISOString().slice(0, 10),
    machine,
    idle,
    loaded,
  };
  writeAtomically(FILE, `${JSON.stringify(record, undefined, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
