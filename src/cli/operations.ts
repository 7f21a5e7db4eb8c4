import { LAWS } from '../../invariants/index.ts';
import { paintFor } from '../reporting/paint.ts';
import { table } from '../reporting/table.ts';
import { typeText } from '../reporting/type-text.ts';
import type { Operation } from '../verification/operation.ts';
import { OPERATIONS } from '../verification/operations.ts';
import { operationSchema } from '../verification/protocol/index.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';

const HELP = `Without names: every operation in one line. With names (nk.* takes a contract): what it takes and answers, and the laws
that ask it. A subject implements those that it has: \`plumbline gate --subject\` judges the laws on them.`;

/** `plumbline operations [NAMES]` */
export const operationsCommand: Command = {
  help: HELP,
  arguments: [{ name: '[names]', description: 'comma-separated names' }],
  options: [{ flags: '--json', description: 'print JSON schemas' }],
  run: async ([names], { json }) => {
    const known = OPERATIONS.map(({ name }) => name);
    const chosen = names === undefined ? known : choose('operation', names, known);
    const operations = OPERATIONS.filter(({ name }) => chosen.includes(name));
    const text =
      json === true
        ? JSON.stringify(
            Object.fromEntries(operations.map((one) => [one.name, operationSchema(one)])),
            null,
            2,
          )
        : names === undefined
          ? table(operations.map(({ name, summary }) => [name, summary]))
          : operations.map(explained).join('\n\n');
    process.stdout.write(`${text}\n`);
    return 0;
  },
};

function explained(operation: Operation): string {
  const paint = paintFor(process.stdout);
  const { input, result } = operationSchema(operation)['properties'] as Record<'input' | 'result', object>;
  const laws = LAWS.filter(({ needs }) => needs.includes(operation)).map(({ id }) => id);
  const part = (name: string, text: string): string =>
    `  ${name.padEnd(8)}${text.replaceAll('\n', '\n          ')}`;
  return [
    paint('bold', operation.name),
    part('does', operation.summary),
    part('takes', typeText(input)),
    part('answers', typeText(result)),
    part('laws', laws.join(', ') || 'none asks it by itself: others are asked by way of it'),
  ].join('\n');
}
