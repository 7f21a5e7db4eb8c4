import type { ReportOnset } from './section.ts';

/** When something began, and when it ended: `between steps 1600 and 1700`. */
export function onsetText({ after, by, until }: ReportOnset): string {
  const end = until === undefined ? '' : ` until step ${until}`;
  if (after === undefined) return `from the first row (step ${by})${end}`;
  return after === by ? `from step ${by}${end}` : `between steps ${after} and ${by}${end}`;
}

/** The onset of a finding, with its end. */
export function onsetOf({
  onset,
  until,
}: {
  readonly onset: Omit<ReportOnset, 'until'>;
  readonly until?: number;
}): ReportOnset {
  return { ...onset, ...(until === undefined ? {} : { until }) };
}
