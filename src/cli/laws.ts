import { FAULTS, LAWS } from '../../invariants/index.ts';
import { paintFor } from '../reporting/paint.ts';
import { table } from '../reporting/table.ts';
import type { Law } from '../verification/law.ts';
import { choose } from './choose.ts';
import type { Command } from './command.ts';

const HELP = `Without IDs: every law in one line. With IDs (nk/* takes a folder): statement, formula, oracle, bound,
the operations that a subject needs for it, and the faults that it kills.`;

/** `plumbline laws [IDS]` */
export const lawsCommand: Command = {
  help: HELP,
  arguments: [{ name: '[ids]', description: 'comma-separated IDs' }],
  options: [{ flags: '--json', description: 'print JSON' }],
  run: async ([ids], { json }) => {
    const chosen =
      ids === undefined
        ? LAWS
        : LAWS.filter(({ id }) =>
            choose(
              'law',
              ids,
              LAWS.map((law) => law.id),
            ).includes(id),
          );
    process.stdout.write(
      json === true ? `${JSON.stringify(chosen.map(plainLaw), null, 2)}\n` : print(chosen, ids !== undefined),
    );
    return 0;
  },
};

function print(laws: readonly Law[], whole: boolean): string {
  if (!whole) return `${table(laws.map(({ id, statement }) => [id, statement]))}\n`;
  const paint = paintFor(process.stdout);
  const explain = (law: Law): string => {
    const { id, statement, formula, guards, suspects, oracle, bound, operations, kills } = plainLaw(law);
    const rows = [
      ['law', statement],
      ['formula', formula],
      ['guards', guards],
      ['look at', suspects],
      ['oracle', oracle],
      ['bound', bound],
      ['asks', operations.join(', ')],
      ['kills', kills.join(', ')],
    ];
    return `${paint('bold', id)}\n${table(rows, '  ')}`;
  };
  return `${laws.map(explain).join('\n\n')}\n`;
}

function plainLaw({ id, statement, formula, guards, suspects, oracle, bound, needs }: Law) {
  const kills = FAULTS.filter(({ killedBy }) => killedBy.includes(id)).map((fault) => fault.id);
  return {
    id,
    statement,
    formula,
    guards,
    suspects,
    oracle,
    bound,
    operations: needs.map(({ name }) => name),
    kills,
  };
}
