import type { EngineReport } from '../engine/index.ts';
import { table } from './table.ts';

/** Engines as text: what is here and how far it can be trusted, then what is not and how to add it. */
export function enginesTerminal(reports: readonly EngineReport[]): string {
  const here = reports.filter((report) => report.status === 'here');
  const away = reports.filter((report) => report.status !== 'here');
  const sections = [
    ...here.map((report) => {
      const { name, version, role, device, openMs, checks, arithmetic, tensorsAfterClose } = report;
      const ratios = checks.map(({ measured, allowed }) => (measured === 0 ? 0 : measured / allowed));
      const functions = Object.entries(arithmetic.functions).map(([name, { relative, absolute }]) => [
        name,
        `${(relative / arithmetic.roundoff).toFixed(1)} u`,
        absolute === 0 ? '' : `+ ${absolute.toExponential(1)}`,
      ]);
      return [
        `${name} ${version ?? ''}: here (${role})`,
        ...(device === undefined ? [] : [`  on ${device}`]),
        `  opened in ${Math.round(openMs)} ms; ${checks.length} self-test checks, the worst at ${Math.max(...ratios).toFixed(2)} of its bound; ${tensorsAfterClose} tensors left behind`,
        `  unit roundoff u = ${arithmetic.roundoff.toExponential(2)}; errors of functions, relative + absolute:`,
        table(functions, '    '),
      ].join('\n');
    }),
    ...away.map(
      ({ name, role, needs, command, why, status }) =>
        `${name}: ${status} (${role}; needs ${needs})\n  ${why.replaceAll('\n', '\n  ')}${why.includes(command) ? '' : `\n  add it: ${command}`}`,
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}
