import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

const textOf = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** What a published schema has against a text of JSON; empty where it accepts it. */
export function complaintsOfJson(schema: object, text: string): readonly string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`);
}

/** By the schema of SARIF 2.1.0. */
export function complaintsOfSarif(text: string): readonly string[] {
  return complaintsOfJson(JSON.parse(textOf('published/sarif-2.1.0.json')) as object, text);
}

/** By the published schema of a command’s JSON. */
export function complaintsOfOwn(name: string, text: string): readonly string[] {
  return complaintsOfJson(
    JSON.parse(textOf(`../../../fixtures/schemas/${name}.schema.json`)) as object,
    text,
  );
}

/** By what Jenkins accepts. */
export async function complaintsOfJunit(text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: text }],
    schema: [textOf('published/junit-10.xsd')],
  });
  return errors.map(({ message }) => message);
}
