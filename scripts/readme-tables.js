// Writes the generated tables of README.md between their markers; with --check, fails when one is out of date, missing,
// or empty (a check that inspected nothing is a failure). Needs a build: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { COMMANDS } from '../dist/src/cli/commands.js';
import { CHECKLIST_NAMES, checklistNamed, CHECKS } from '../dist/src/diagnosis/index.js';
import { ENGINES } from '../dist/src/engine/index.js';
import { FAULTS, LAWS } from '../dist/src/index.js';
import { FORMATS } from '../dist/src/runs/index.js';
import { bytesText } from '../dist/src/reporting/bench-texts.js';
import { markdownTable } from '../dist/src/reporting/table.js';
import { OPERATIONS } from '../dist/src/verification/operations.js';
import { PROTOCOL_FAULTS } from '../dist/src/verification/protocol/index.js';

const RECORDS = JSON.parse(
  readFileSync(new URL('../fixtures/engines.json', import.meta.url), 'utf8'),
).engines;
const { runs: SCORED } = JSON.parse(
  readFileSync(new URL('../fixtures/diagnosis/corpus.json', import.meta.url), 'utf8'),
);
const recorded = (name) =>
  JSON.parse(readFileSync(new URL(`../fixtures/benchmarks/${name}.json`, import.meta.url), 'utf8'));
const MEASURED = recorded('models');
const SELF_TESTS = recorded('self-test');
const README = new URL('../README.md', import.meta.url);
const FUNCTIONS = ['exp', 'expm1', 'log', 'sqrt', 'tanh', 'sigmoid', 'pow'];
const code = (text) => `\`${text}\``;
const engines = ({ engines: on, nightly }) => {
  const where = on === 'all' ? 'all' : on === 'host' ? 'host (no tensor)' : on.join(', ');
  return nightly ? `${where}; nightly` : where;
};

/** `3.7 u`, and `+ 1e-7` where a part of the error does not shrink with the value. */
function errorText({ relative, absolute }, roundoff) {
  return `${(relative / roundoff).toFixed(1)} u${absolute === 0 ? '' : ` + ${absolute.toExponential(0)}`}`;
}

const LOSSES = {
  nanLostBy: 'NaN lost',
  infinityLostBy: '∞ lost',
  signOfZeroLostBy: 'sign of 0 lost',
  subnormalsLostBy: 'subnormals taken for 0',
  smallNumbersLostBy: 'small numbers taken for 0',
};

function differences(policy) {
  const lines = Object.entries(LOSSES)
    .filter(([field]) => policy[field].length > 0)
    .map(([field, text]) => `${text}: ${policy[field].join(', ')}`);
  return lines.length === 0 ? 'nothing' : lines.join('; ');
}

/** `27 of 29 (78–98 %)`: with the interval of Wilson at 95 %, which says what so many runs can say. */
function share(list, holds) {
  const [n, k] = [list.length, list.filter(holds).length];
  const z = 1.96;
  const centre = (k + z ** 2 / 2) / (n + z ** 2);
  const half = (z / (n + z ** 2)) * Math.sqrt((k * (n - k)) / n + z ** 2 / 4);
  const percent = (value) => Math.round(100 * Math.min(1, Math.max(0, value)));
  return `${k} of ${n} (${percent(centre - half)}–${percent(centre + half)} %)`;
}

/** `5.1 ms (4.9–5.4)`, and beside it the rate of units or of what they are made of. */
function speed({ unit, parts, ms: [low, typical, high] }) {
  const rate = (1000 / typical) * (parts?.count ?? 1);
  const text = rate >= 100 ? Math.round(rate).toLocaleString('en') : String(Number(rate.toPrecision(2)));
  return [`${typical} ms (${low}–${high})`, `${text} ${parts?.name ?? `${unit}s`}`];
}

/** What memory did over the units that were followed, and the least leak that so few of them show; nothing of a whole run. */
function growthOf({ growth }) {
  if (growth.length === 0) return ['', ''];
  const worst =
    growth.find(({ verdict }) => verdict === 'grows') ?? growth.find(({ verdict }) => verdict !== 'flat');
  const leastLeak = Math.max(...growth.map(({ allowed }) => allowed));
  return [worst === undefined ? 'flat' : `${worst.series} ${worst.verdict}`, bytesText(leastLeak)];
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const isHealthy = ({ faults }) => faults.length === 0;
const RIGHT = SCORED.filter(isHealthy);
const FAULTY = SCORED.filter((run) => !isHealthy(run));
const isNamed = ({ rank }) => rank > 0;

/** Right and faulty runs of a half, and what was said of them. */
function scoresOf(half) {
  const [right, faulty] = [RIGHT, FAULTY].map((runs) => runs.filter((run) => run.half === half));
  return [
    half === 'score' ? 'held out' : 'those by which limits were set',
    share(right, ({ verdict }) => verdict === 'sick'),
    share(right, ({ verdict }) => verdict === 'healthy'),
    share(faulty, ({ found }) => found.some(({ names, severity }) => names && severity !== 'remark')),
    share(faulty, isNamed),
    share(faulty, ({ rank }) => rank === 1),
  ];
}

/** How often a check names the fault of a run, and how often it is found in a right one. */
function checkScores({ id }) {
  const named = FAULTY.flatMap(({ found }) => found.filter(({ check, names }) => check === id && names));
  const found = (severity) =>
    RIGHT.filter((run) => run.found.some((one) => one.check === id && one.severity === severity)).length;
  if (named.length === 0 && found('sick') + found('suspect') === 0) return [];
  const lead = named.length === 0 ? '' : `${Math.round(100 * median(named.map((one) => one.lead)))} %`;
  return [[code(id), String(named.length), lead, String(found('sick')), String(found('suspect'))]];
}

/** Faults of which no run was found with a finding that names them. */
function unnamed() {
  const named = new Set(
    FAULTY.filter(({ found }) => found.some(({ names }) => names)).flatMap(({ faults }) => faults),
  );
  return [...new Set(FAULTY.flatMap(({ faults }) => faults))].filter((id) => !named.has(id));
}

const TABLES = {
  scores: [
    [
      'runs',
      'right ones called sick',
      'right ones called healthy',
      'fault found',
      'named first',
      'and first of its causes',
    ],
    scoresOf('score'),
    scoresOf('calibration'),
  ],
  missed: [['faults that were looked for and not found'], ...unnamed().map((id) => [code(id)])],
  'check-scores': [
    [
      'check',
      `of ${FAULTY.length} faulty runs names the fault in`,
      'of the run left then',
      `of ${RIGHT.length} right runs sick`,
      'suspect',
    ],
    ...CHECKS.flatMap(checkScores),
  ],
  formats: [['format', 'in `--json`'], ...FORMATS.map(({ name, title }) => [title, code(name)])],
  checklists: [
    ['checklist', 'for', 'checks', 'required'],
    ...CHECKLIST_NAMES.map((name) => {
      const { summary, checks } = checklistNamed(name);
      const required = checks.filter(({ isRequired }) => isRequired).map(({ check }) => code(check.id));
      return [code(name), summary, String(checks.length), required.join(', ')];
    }),
  ],
  checks: [
    ['check', 'severity', 'what it finds'],
    ...CHECKS.map(({ id, severity, title }) => [code(id), severity, title]),
  ],
  commands: [
    ['command', 'what it does'],
    ...COMMANDS.map(({ name, summary }) => [code(`plumbline ${name}`), summary]),
  ],
  engines: [
    ['engine', 'package', 'role', 'needs', 'set up with', 'measured on', 'laws that hold'],
    ...Object.values(ENGINES).map(({ name, package: npm, role, needs, command }) => {
      const record = RECORDS[name];
      return [
        code(name),
        npm,
        role,
        needs,
        needs === 'nothing' ? '' : code(command),
        record === undefined ? 'not tried yet' : `${record.version}: ${record.device}`,
        record === undefined ? 'none judged' : `${record.lawsThatHold} of ${record.lawsJudged}`,
      ];
    }),
  ],
  benchmarks: [
    [
      `${MEASURED.date}, ${MEASURED.environment.processor}, Node ${MEASURED.environment.node}`,
      ...['engine', 'a unit takes', 'a second', 'kernels', 'MiB', 'memory', 'leaks ≥'],
    ],
    ...MEASURED.rows.map((row) => [
      code(row.benchmark),
      row.engine,
      ...speed(row),
      row.kernels === undefined ? '' : String(row.kernels),
      String(row.mebibytes),
      ...growthOf(row),
    ]),
  ],
  'self-test': [
    [
      `${SELF_TESTS.date}, ${SELF_TESTS.machine.cpu}, Node ${SELF_TESTS.machine.node.slice(1)}`,
      'seen on an idle machine',
      'seen with a core kept busy',
    ],
    ...SELF_TESTS.idle.cases.map(({ what, passed }, index) => [
      what,
      `${passed} of ${SELF_TESTS.idle.runs}`,
      `${SELF_TESTS.loaded.cases[index].passed} of ${SELF_TESTS.loaded.runs}`,
    ]),
    [
      'longest self-test',
      `${SELF_TESTS.idle.longestSeconds.toFixed(0)} s`,
      `${SELF_TESTS.loaded.longestSeconds.toFixed(0)} s`,
    ],
  ],
  operations: [
    ['operation', 'what it answers', 'laws'],
    ...OPERATIONS.map((operation) => [
      code(operation.name),
      operation.summary,
      String(LAWS.filter(({ needs }) => needs.includes(operation)).length),
    ]),
  ],
  'protocol-faults': [
    ['defect of an adapter', 'what it does', 'noticed as'],
    ...PROTOCOL_FAULTS.map(({ id, summary, caughtAs }) => [
      code(id),
      summary,
      caughtAs === 'violated' ? 'a violated law' : caughtAs.map(code).join(' or '),
    ]),
  ],
  arithmetic: [
    ['engine', ...FUNCTIONS, 'differs from IEEE 754 in'],
    ...Object.entries(RECORDS).map(([name, { roundoff, functions, specialValues }]) => [
      code(name),
      ...FUNCTIONS.map((of) => errorText(functions[of], roundoff)),
      differences(specialValues),
    ]),
  ],
  laws: [
    ['law', 'states', 'oracle', 'kills'],
    ...LAWS.map(({ id, statement, oracle, nightly }) => [
      code(id),
      nightly ? `${statement} (nightly)` : statement,
      oracle,
      String(FAULTS.filter(({ killedBy }) => killedBy.includes(id)).length),
    ]),
  ],
  faults: [
    ['fault', 'what the faulty code does', 'killed by', 'engines'],
    ...FAULTS.map((fault) => [
      code(fault.id),
      fault.summary,
      fault.killedBy.map(code).join(', '),
      engines(fault),
    ]),
  ],
};

const before = readFileSync(README, 'utf8');
let after = before;
let inspected = 0;
for (const [name, rows] of Object.entries(TABLES)) {
  const [open, close] = [`<!-- table: ${name} -->`, `<!-- end of table: ${name} -->`];
  const [start, end] = [after.indexOf(open), after.indexOf(close)];
  if (start < 0 || end < start)
    throw new Error(`README.md has no place for the table "${name}" (${open} … ${close})`);
  if (rows.length < 2) throw new Error(`the table "${name}" is empty`);
  after = `${after.slice(0, start + open.length)}\n\n${markdownTable(rows)}\n\n${after.slice(end)}`;
  inspected += rows.length - 1;
}

after = await format(after, { ...(await resolveConfig(fileURLToPath(README))), parser: 'markdown' });
if (process.argv.includes('--check')) {
  if (after !== before) {
    process.stderr.write('README.md: a generated table is out of date; run `npm run docs`\n');
    process.exitCode = 1;
  } else process.stdout.write(`README.md: ${inspected} generated rows are up to date\n`);
} else writeFileSync(README, after);
