// Writes the schemas of the JSON of commands to fixtures/schemas; with --check, fails when one is out of date, or when there
// is none. Needs a build: `npm run docs`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { publishedSchemas } from '../dist/src/reporting/schemas/index.js';

const isCheck = process.argv.includes('--check');
const schemas = publishedSchemas();
const names = Object.keys(schemas);
if (names.length === 0) throw new Error('there is no schema');
for (const name of names) {
  const file = fileURLToPath(new URL(`../fixtures/schemas/${name}.schema.json`, import.meta.url));
  const text = await format(JSON.stringify(schemas[name]), {
    ...(await resolveConfig(file)),
    parser: 'json',
  });
  if (!isCheck) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(
      `fixtures/schemas/${name}.schema.json: out of date; run \`npm run docs\`, and raise its number where old files no longer fit\n`,
    );
    process.exitCode = 1;
  }
}
if (isCheck && process.exitCode === undefined)
  process.stdout.write(`fixtures/schemas: ${names.length} schemas are up to date\n`);
