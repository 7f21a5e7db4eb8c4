import type { Group } from './report.ts';

/** A group that keeps a report from being a pass which ends early, or in which nothing was judged. */
export function incompleteGroup(id: string, message: string): Group {
  return {
    id: 'report',
    title: 'This report',
    facts: [],
    items: [
      {
        id,
        title: 'the report is not complete',
        state: 'not-checked',
        exitCode: 2,
        message,
        places: [],
        consequences: [],
        next: [],
        details: [],
      },
    ],
    series: [],
    sections: [],
  };
}
