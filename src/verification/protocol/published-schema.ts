import { z } from 'zod';
import { number } from '../contracts/fields.ts';
import type { Operation } from '../operation.ts';
import { OPERATIONS } from '../operations.ts';
import { tensorSchema } from '../tensor-value.ts';
import {
  callParams,
  helloParams,
  helloResult,
  PROTOCOLS,
  request,
  response,
  wireNumber,
  wireTensor,
} from './messages.ts';

/** Schemas that are not those of JSON: what stands for them on the wire. */
const ON_THE_WIRE = new Map<unknown, string>([
  [tensorSchema, 'tensor'],
  [number, 'number'],
]);

type JsonSchema = Record<string, unknown>;

/** The protocol as a JSON schema (draft 2020-12): messages, and what each operation takes and answers. */
export function protocolSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Subjects in other languages, version ${PROTOCOLS[0]} of the protocol`,
    description:
      'JSON-RPC 2.0, one message a line. A line that Plumbline writes is a `request`, one that a subject writes a `response`; `operations` has the `input` of a `call` and its result, by name.',
    $defs: {
      tensor: jsonSchemaOf(wireTensor),
      number: jsonSchemaOf(wireNumber),
      request: jsonSchemaOf(request),
      response: jsonSchemaOf(response),
      'hello params': jsonSchemaOf(helloParams),
      'hello result': jsonSchemaOf(helloResult),
      'call params': jsonSchemaOf(callParams),
      operations: {
        type: 'object',
        properties: Object.fromEntries(
          OPERATIONS.map((operation) => [operation.name, operationSchema(operation)]),
        ),
      },
    },
    anyOf: [{ $ref: '#/$defs/request' }, { $ref: '#/$defs/response' }],
  };
}

/** What an operation takes and answers, as JSON schemas in which `tensor` and `number` are those of the protocol. */
export function operationSchema({ summary, input, output }: Operation): JsonSchema {
  return {
    type: 'object',
    description: summary,
    properties: { input: jsonSchemaOf(input), result: jsonSchemaOf(output) },
    required: ['input', 'result'],
  };
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const json: JsonSchema = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      const name = ON_THE_WIRE.get(zodSchema);
      if (name === undefined) return;
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      jsonSchema.$ref = `#/$defs/${name}`;
    },
  });
  Reflect.deleteProperty(json, '$schema');
  return json;
}
