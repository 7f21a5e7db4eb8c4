import type { ComparisonReport } from '../experiments/index.ts';
import { armsTable, comparisonTable, decompositionTable, notesOf } from './experiment-tables.ts';
import { markdownTable } from './table.ts';

/** The result of an experiment as a page of Markdown; `figures` are paths beside it. */
export function experimentMarkdown(report: ComparisonReport, figures: readonly string[]): string {
  const { name, question, model, engine, seeds, steps, verdict, arms } = report;
  const how = `\`${model}\` on \`${engine}\`, seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}${steps === undefined ? '' : `, ${steps} gradient steps`}.`;
  const effects = decompositionTable(report);
  const failures = arms.flatMap(({ runs }) =>
    runs.flatMap(({ folder, story }) =>
      story === undefined ? [] : [`### ${folder}\n\n\`\`\`\n${story}\n\`\`\``],
    ),
  );
  const sections = [
    `# ${name}`,
    question ?? '',
    how,
    verdict === undefined
      ? ''
      : `## Verdict\n\nHealthy: ${verdict.quantity} ${verdict.healthy}. **${verdict.sentence}**`,
    `## Comparison\n\n${markdownTable(comparisonTable(report))}`,
    ...notesOf(report),
    effects.length === 0 ? '' : `## Decomposition\n\n${markdownTable(effects)}`,
    `## Arms\n\n${markdownTable([['arm', 'runs', 'changes'], ...armsTable(report)])}`,
    ...figures.map((figure) => `![the metric of every arm by gradient step](${figure})`),
    failures.length === 0 ? '' : `## Failures\n\n${failures.join('\n\n')}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
