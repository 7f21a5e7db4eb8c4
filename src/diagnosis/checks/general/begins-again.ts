import { defineCheck } from '../../check.ts';

export const beginsAgain = defineCheck({
  id: 'general/begins-again',
  title: 'the steps of a run begin again in its own log',
  severity: 'sick',
  needs: {},
  limits: {},
  why: 'A run directory holds one run: where its steps begin again, it was resumed without its step, and every schedule with it.',
  advice: 'Save the step with the weights, and restore it.',
  faults: ['training/resume-incomplete-step', 'ppo/resume-incomplete-step'],
  laws: ['training/resume'],
  leadsTo: ['general/resume', 'general/learning-rate', 'general/missing-steps', 'general/incomplete'],
  judge: ({ run }) => {
    if (run.head.format !== 'plumbline')
      return { notChecked: 'needs a run directory of Plumbline: other logs may hold several runs' };
    return run.runsBehind === 0
      ? []
      : [
          {
            what: `after step ${run.lastStep} the log begins again at an earlier one, ${run.runsBehind === 1 ? 'once' : `${run.runsBehind} times`}`,
            onset: { by: run.lastStep },
            evidence: [],
          },
        ];
  },
});
