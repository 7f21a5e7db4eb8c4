import type { GateReport } from '../verification/gate-report.ts';

/** How many kernels ran while laws were judged, and where: the proof that it was this engine. Nothing of what tells none. */
export function kernelsText({ laws }: Pick<GateReport, 'laws'>, engine: string): string {
  const ran = laws
    .filter((law) => law.engine === engine)
    .flatMap(({ kernels = {} }) => Object.entries(kernels));
  const backends = [...new Set(ran.map(([backend]) => backend))];
  const count = ran
    .flatMap(([, kernels]) => Object.values(kernels))
    .reduce((total, times) => total + times, 0);
  if (laws.every(({ kernels }) => kernels === undefined)) return '';
  return `${count} kernels on ${backends.join(', ') || 'no engine'}`;
}
