import type { ComparisonReport } from '../experiments/index.ts';
import { armsTable, comparisonTable, decompositionTable, notesOf } from './experiment-tables.ts';
import type { Paint } from './paint.ts';
import { plain } from './paint.ts';
import { table } from './table.ts';

/** The result of an experiment as text: arms, table, decomposition, every failure in full, verdict. */
export function experimentTerminal(report: ComparisonReport, paint: Paint = plain): string {
  const { arms, verdict } = report;
  const effects = decompositionTable(report);
  const failures = arms.flatMap(({ runs }) =>
    runs.flatMap(({ folder, story }) =>
      story === undefined
        ? []
        : [`${paint('red', '✖')} ${paint('bold', folder)}\n  ${story.replaceAll('\n', '\n  ')}`],
    ),
  );
  const sections = [
    `Arms\n${table(armsTable(report), '  ')}`,
    `Comparison\n${table(comparisonTable(report), '  ')}\n\n${notesOf(report)
      .map((note) => `  ${note}`)
      .join('\n')}`.trimEnd(),
    effects.length === 0 ? '' : `Decomposition\n${table(effects, '  ')}`,
    ...failures,
    verdict === undefined
      ? ''
      : `Verdict: healthy is ${verdict.quantity} ${verdict.healthy}\n  ${paint('bold', verdict.sentence)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
