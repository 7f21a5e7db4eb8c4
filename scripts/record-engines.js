// Measures the engines that are here and writes what it saw to fixtures/engines.json, from which the tables in
// README.md are made; engines that are not here keep their record. Takes as long as a gate: `npm run record:engines`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../dist/src/atomic-write.js';
import { specialValuesOf, surveyEngines } from '../dist/src/engine/index.js';

const FILE = fileURLToPath(new URL('../fixtures/engines.json', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

/** Verdicts of one gate on these engines, without the kill matrix. */
function verdictsOn(engines) {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-'));
  const report = join(folder, 'gate.json');
  try {
    spawnSync(process.execPath, [
      ...[MAIN, 'gate', '--no-power', '--engines', engines.join(',')],
      ...['--json', report, '--counterexamples', folder],
    ]);
    return JSON.parse(readFileSync(report, 'utf8')).laws;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const here = (await surveyEngines()).filter(({ status }) => status === 'here');
const verdicts = verdictsOn(here.map(({ name }) => name));
const records = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')).engines : {};
for (const { name, version, device, arithmetic } of here) {
  const own = verdicts.filter(({ engine }) => engine === name);
  records[name] = {
    version,
    device: device ?? cpus()[0]?.model ?? 'unknown',
    node: process.version,
    roundoff: arithmetic.roundoff,
    functions: arithmetic.functions,
    specialValues: specialValuesOf(name),
    lawsThatHold: own.filter(({ verdict }) => verdict === 'holds').length,
    lawsJudged: own.filter(({ verdict }) => verdict !== 'not-checked').length,
  };
  process.stdout.write(`${name}: ${records[name].lawsThatHold} of ${own.length} laws hold\n`);
}
writeAtomically(
  FILE,
  `${JSON.stringify({ madeBy: 'npm run record:engines', engines: records }, undefined, 2)}\n`,
);
