// Diagnoses every run of the corpus (scripts/record-corpus.js) and says how often checks are right.
//
//   node scripts/score-corpus.js [--corpus .plumbline/corpus] [--half calibration|score] [--save] [--all]
//
// --save writes fixtures/diagnosis/corpus.json, from which the tables of README are made.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diagnose } from '../dist/src/diagnosis/index.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: '.plumbline/corpus' },
    half: { type: 'string' },
    only: { type: 'string' },
    save: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
});

const SAVED = 'fixtures/diagnosis/corpus.json';

const { runs: recorded } = JSON.parse(readFileSync(join(options.corpus, 'corpus.json'), 'utf8'));
/** Two digits: more are not the same on two machines. */
const share = (value) => Number(value.toFixed(2));

const results = [];
for (const entry of recorded) {
  if (options.half !== undefined && entry.half !== options.half) continue;
  if (options.only !== undefined && !entry.name.includes(options.only)) continue;
  const { runs } = await diagnose([join(options.corpus, entry.folder)], { today: '2000-01-01' });
  const [first] = runs;
  if (first === undefined) throw new Error(`no run was found in ${entry.folder}`);
  const found = first.outcomes.filter(({ state }) => state === 'found');
  const [cause] = first.causes;
  const suspected = cause?.outcome.faults ?? [];
  results.push({
    name: entry.name,
    half: entry.half,
    faults: entry.faults,
    verdict: first.verdict,
    ...(first.reason === undefined ? {} : { reason: first.reason.split(':')[0] }),
    first: cause?.outcome.check.id ?? null,
    // Place of the fault among the causes that the first finding names, from 1; 0 where it names it not.
    rank: 1 + suspected.findIndex((id) => entry.faults.includes(id)),
    suspected: suspected.length,
    found: found.map(({ check, severity, faults, findings: [{ onset }] }) => ({
      check: check.id,
      severity,
      // Share of the run that was left when it could be seen.
      lead: share((first.run.lastStep - onset.by) / Math.max(1, first.run.lastStep - first.run.firstStep)),
      names: faults.some((id) => entry.faults.includes(id)),
    })),
  });
  process.stderr.write(`\r${results.length} of ${recorded.length}`);
}
process.stderr.write('\n');

const say = (line) => process.stdout.write(`${line}\n`);
const isHealthy = ({ faults }) => faults.length === 0;
for (const result of results.sort((a, b) => (a.faults[0] ?? '').localeCompare(b.faults[0] ?? ''))) {
  const isRight = isHealthy(result)
    ? result.verdict === 'healthy'
    : result.verdict === 'sick' && result.rank > 0;
  if (isRight && !options.all) continue;
  const told = result.found
    .map(({ check, severity }) => `${severity === 'sick' ? 'S' : severity[0]}:${check}`)
    .join(' ');
  say(
    `${result.verdict.padEnd(10)} ${String(result.rank).padStart(2)}/${result.suspected} ${result.name}  first ${result.first}; ${told} ${result.reason ?? ''}`,
  );
}
const counted = (list, holds) => `${list.filter(holds).length} of ${list.length}`;
const [healthy, faulty] = [results.filter(isHealthy), results.filter((one) => !isHealthy(one))];
say(
  `healthy runs called healthy: ${counted(healthy, ({ verdict }) => verdict === 'healthy')}; sick: ${counted(healthy, ({ verdict }) => verdict === 'sick')}`,
);
say(
  `faulty runs called sick: ${counted(faulty, ({ verdict }) => verdict === 'sick')}; sick or suspect: ${counted(faulty, ({ verdict }) => verdict === 'sick' || verdict === 'suspect')}`,
);
say(
  `the fault among the causes of the first finding: ${counted(faulty, ({ rank }) => rank > 0)}; first among them: ${counted(faulty, ({ rank }) => rank === 1)}`,
);

if (options.save) {
  mkdirSync('fixtures/diagnosis', { recursive: true });
  writeFileSync(
    SAVED,
    `${JSON.stringify({ madeBy: 'node scripts/score-corpus.js --save', runs: results })}\n`,
  );
}
