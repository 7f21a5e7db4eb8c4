// One run in a process of its own: node scripts/record-corpus/child.js JSON, with recipe, seed, faults and out.
import { recordRun } from '../../dist/src/cli/reproduce/record-run.js';

const { recipe, ...options } = JSON.parse(process.argv[2] ?? '{}');
const { rows, total, ended } = await recordRun(recipe, options);
const said = JSON.stringify({ rows: rows.length, total, ...(ended === undefined ? {} : { ended }) });
// Some native engines would keep the event loop alive.
process.stdout.write(`${said}\n`, () => process.exit(0));
