import { defineCheck } from '../../check.ts';
import { numberSetting } from '../../evidence/logged-run.ts';
import { beyond } from '../../rules/beyond.ts';
import { shown, told } from '../../rules/shown.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { alignedAt, behindStart, earlyOf, lateOf, levelOf } from '../../rules/windows.ts';

const ENTROPY_KEYS = ['policy.entropy', 'ent_coef', 'ent-coef', 'entropy_coef', 'entropy_coeff'];
const TARGET_KEYS = ['policy.targetKl', 'targetKl', 'target_kl', 'target-kl'];

export const entropyTerm = defineCheck({
  id: 'ppo/entropy-term',
  title: 'the entropy bonus is exactly 0, or of the wrong sign',
  severity: 'sick',
  needs: { term: ['entropy-term'], entropy: ['entropy'] },
  limits: { rows: { value: 3, meaning: 'rows in succession' } },
  why: 'The bonus enters the loss as −β times the entropy: exactly 0 with β > 0 it is not computed; of the sign of the entropy it punishes exploration; of another size than β·H it is counted twice.',
  advice: 'Hold dL/dH against −β.',
  faults: ['ppo/entropy-absent', 'ppo/entropy-sign', 'ppo/entropy-twice'],
  laws: ['ppo/entropy-bonus'],
  leadsTo: ['ppo/entropy-collapse', 'ppo/return-falls'],
  judge: ({ run, series, limits }) => {
    const [term, entropy] = [series.term[0], series.entropy[0]];
    const beta = numberSetting(run, ...ENTROPY_KEYS);
    if (term === undefined || entropy === undefined) return [];
    if (beta === undefined)
      return { notChecked: `needs the weight of the entropy (tried ${ENTROPY_KEYS.join(', ')})` };
    if (beta === 0) return [];
    const ratios = alignedAt([term, entropy]).flatMap(({ points: [top, bottom] }) =>
      top === undefined || bottom === undefined || Math.abs(bottom.value) < 1e-6
        ? []
        : { ...top, value: -top.value / (beta * bottom.value) },
    );
    const stretch = stretchOf(ratios, (ratio) => Math.abs(ratio - 1) > 0.1, { length: limits.rows });
    if (stretch === undefined) return [];
    const ratio = stretch.bad[0].value;
    const likely = ratio === 0 ? 'ppo/entropy-absent' : ratio < 0 ? 'ppo/entropy-sign' : 'ppo/entropy-twice';
    const steps = new Set(stretch.bad.map(({ step }) => step));
    return [
      {
        what: `${term.logged} is ${told(ratio)} times −β times ${entropy.logged} (β = ${told(beta)})`,
        ...onsetOf(stretch),
        evidence: shown(
          term,
          term.points.filter(({ step }) => steps.has(step)),
        ),
        faults: [
          likely,
          ...['ppo/entropy-absent', 'ppo/entropy-sign', 'ppo/entropy-twice'].filter((one) => one !== likely),
        ],
      },
    ];
  },
});

export const entropyCollapse = defineCheck({
  id: 'ppo/entropy-collapse',
  title: 'the policy is certain before it has learnt',
  severity: 'suspect',
  needs: { entropy: ['entropy'] },
  limits: {
    share: { value: 0.05, meaning: 'of the first entropy that is left' },
    early: { value: 0.25, meaning: 'of the run, within which it is lost' },
  },
  why: 'Entropy that is gone in a few updates leaves nothing to explore with. Late in a run a good policy is certain, rightly. The entropy of continuous actions may be below 0 and has no share.',
  advice: 'Check the sign of the bonus; raise β or lower the learning rate.',
  faults: ['ppo/entropy-sign', 'ppo/entropy-absent', 'ppo/clip-missing'],
  laws: ['ppo/entropy-bonus', 'ppo/policy-loss'],
  judge: ({ run, series, limits }) =>
    series.entropy.flatMap((one) => {
      const [first] = one.points;
      if (first === undefined || first.value <= 0) return [];
      const stretch = stretchOf(one.points, (value) => value < limits.share * first.value, { length: 3 });
      const end = run.firstStep + limits.early * (run.lastStep - run.firstStep);
      if (stretch === undefined || stretch.bad[0].step > end) return [];
      const returned = run.series.get('return')?.points ?? [];
      const hasLearnt =
        returned.length >= 10 && levelOf(lateOf(returned, 0.2)) > levelOf(earlyOf(returned, 0.1));
      return [
        {
          severity: hasLearnt ? 'remark' : 'suspect',
          what: `${one.logged} falls from ${told(first.value)} to ${told(stretch.bad[0].value)} by step ${stretch.bad[0].step}`,
          ...onsetOf(stretch),
          evidence: [...shown(one, [first]), ...shown(one, stretch.bad)],
          limit: limits.share * first.value,
        },
      ];
    }),
});

export const divergence = defineCheck({
  id: 'ppo/divergence',
  title: 'updates move the policy too far',
  severity: 'suspect',
  needs: { kl: ['kl-k3', 'kl-exact', 'kl', 'kl-k1'] },
  limits: {
    sick: { value: 0.2, meaning: 'KL of an update; 0.003 to 0.02 is usual' },
    suspect: { value: 0.05, meaning: 'the same' },
    target: { value: 10, meaning: 'times the configured target' },
    thrown: {
      value: 1,
      meaning: 'KL of an update in three rows, wherever they are: such a policy is another one',
    },
  },
  why: 'The surrogate is a good one near the old policy only. A target that is tested in the last epoch alone, or a clip that is missing, lets updates run away.',
  advice:
    'Test the target in every epoch; check that the clip enters the loss; lower the learning rate or the number of epochs.',
  faults: ['ppo/clip-missing', 'ppo/target-kl-last-epoch', 'ppo/logprob-mismatch'],
  laws: ['ppo/policy-loss', 'ppo/target-divergence', 'ppo/equal-parameters'],
  leadsTo: [
    'ppo/clip-fraction',
    'ppo/return-falls',
    'ppo/entropy-collapse',
    'ppo/explained-variance',
    'ppo/not-learnt',
  ],
  judge: ({ run, series, limits }) => {
    const target = numberSetting(run, ...TARGET_KEYS);
    const bound =
      target === undefined || target <= 0 ? limits.sick : Math.min(limits.sick, limits.target * target);
    return series.kl.flatMap((one) => {
      const thrown = one.points.filter(({ value }) => value > limits.thrown);
      const [first] = thrown;
      if (first !== undefined && thrown.length >= 3) {
        return [
          {
            severity: 'sick' as const,
            what: `${one.logged} is above ${told(limits.thrown)} in ${thrown.length} rows, ${told(first.value)} at step ${first.step}`,
            onset: { by: first.step },
            evidence: shown(one, thrown),
          },
        ];
      }
      return beyond(one, {
        side: 'above',
        sick: bound,
        suspect: Math.min(bound, limits.suspect),
        length: 5,
        share: 0.8,
      });
    });
  },
});

export const targetMissed = defineCheck({
  id: 'ppo/target-kl',
  title: 'updates take all their epochs far beyond the target of KL',
  severity: 'sick',
  needs: { kl: ['kl-k3', 'kl-exact', 'kl'], epochs: ['update-epochs'] },
  limits: {
    factor: { value: 2, meaning: 'times the target, in an update that took every epoch' },
    rows: { value: 3, meaning: 'such rows' },
  },
  why: 'The target is tested in every epoch, and an update ends in the one that passes it. Tested in the last one alone it stops nothing.',
  advice: 'Test the target after each epoch, and end the update there.',
  faults: ['ppo/target-kl-last-epoch'],
  laws: ['ppo/target-divergence'],
  leadsTo: ['ppo/divergence', 'ppo/clip-fraction', 'ppo/return-falls'],
  judge: ({ run, series, limits }) => {
    const [kl, epochs] = [series.kl[0], series.epochs[0]];
    const target = numberSetting(run, ...TARGET_KEYS);
    const most = numberSetting(run, 'epochs', 'update_epochs', 'n_epochs');
    if (kl === undefined || epochs === undefined) return [];
    if (target === undefined || target <= 0 || most === undefined)
      return {
        notChecked: `needs a configured target of KL and number of epochs (tried ${TARGET_KEYS.join(', ')}; epochs)`,
      };
    const beyondTarget = alignedAt([kl, epochs]).flatMap(({ points: [point, count] }) =>
      point !== undefined &&
      count !== undefined &&
      count.value >= most &&
      point.value > limits.factor * target
        ? point
        : [],
    );
    const [first] = beyondTarget;
    if (first === undefined || beyondTarget.length < limits.rows) return [];
    return [
      {
        what: `${kl.logged} is above ${told(limits.factor * target)} in ${beyondTarget.length} updates that took all ${most} epochs, ${told(first.value)} at step ${first.step}; the target is ${told(target)}`,
        onset: { by: first.step },
        evidence: shown(kl, beyondTarget),
      },
    ];
  },
});

export const klEstimators = defineCheck({
  id: 'ppo/kl-estimators',
  title: 'the estimate of KL is far above its closed form',
  severity: 'sick',
  needs: { estimate: ['kl-k3', 'kl'], exact: ['kl-exact'] },
  limits: {
    factor: { value: 3, meaning: 'of the one over the other, medians' },
    floor: { value: 1e-6, meaning: 'KL below which roundings decide' },
  },
  why: 'k3 and the closed form measure one number. k1 that is clamped at 0 keeps its noise and loses its sign: forty times too large at a KL of 2e-4.',
  advice: 'Use mean(ρ − 1 − log ρ), or the closed form, without a clamp.',
  faults: ['ppo/kl-clamped'],
  laws: ['ppo/divergence'],
  leadsTo: ['ppo/divergence'],
  judge: ({ series, limits }) => {
    const [estimate, exact] = [series.estimate[0], series.exact[0]];
    if (estimate === undefined || exact === undefined) return [];
    const ratios = alignedAt([estimate, exact]).flatMap(({ points: [top, bottom] }) =>
      top === undefined || bottom === undefined || Math.max(top.value, bottom.value) < limits.floor
        ? []
        : { ...top, value: Math.max(top.value, limits.floor) / Math.max(bottom.value, limits.floor) },
    );
    const stretch = stretchOf(ratios, (ratio) => ratio > limits.factor, {
      length: 5,
      share: 0.8,
    });
    if (stretch === undefined) return [];
    return [
      {
        what: `${estimate.logged} is ${told(stretch.bad[0].value)} times ${exact.logged} at step ${stretch.bad[0].step}`,
        ...onsetOf(stretch),
        evidence: shown(
          estimate,
          estimate.points.filter(({ step }) => step >= stretch.bad[0].step),
        ),
      },
    ];
  },
});

export const clipFraction = defineCheck({
  id: 'ppo/clip-fraction',
  title: 'most samples are clipped',
  severity: 'suspect',
  needs: { fraction: ['clip-fraction'] },
  limits: {
    sick: { value: 0.7, meaning: 'of samples' },
    suspect: { value: 0.4, meaning: 'of samples; 0.02 to 0.3 is usual' },
  },
  why: 'Clipped samples carry no gradient: an update that clips most of them has gone too far, or began with ratios that were not 1.',
  advice: 'Look at the ratios of the first minibatch; lower the learning rate or the number of epochs.',
  faults: ['ppo/logprob-mismatch', 'ppo/clip-missing', 'ppo/target-kl-last-epoch'],
  laws: ['ppo/equal-parameters', 'ppo/policy-loss', 'ppo/target-divergence'],
  judge: ({ series, limits }) =>
    series.fraction.flatMap((one) =>
      beyond(one, { side: 'above', sick: limits.sick, suspect: limits.suspect, length: 5, share: 0.8 }),
    ),
});

export const policyShare = defineCheck({
  id: 'ppo/policy-share',
  title: 'the policy has next to no part in the gradient of the shared layers',
  severity: 'suspect',
  needs: { share: ['policy-gradient-share'] },
  limits: {
    sick: { value: 1e-3, meaning: 'of the norm of the shared gradient' },
    suspect: { value: 1e-2, meaning: 'the same' },
  },
  why: 'A value loss of hundreds of thousands drowns the gradient of the policy in what they share, and the clip of the norm takes the rest.',
  advice: 'Normalise returns, or separate the networks.',
  faults: ['ppo/returns-unnormalised', 'ppo/sum-over-nodes'],
  laws: ['ppo/target-moments', 'ppo/reward-scale', 'ppo/colony'],
  judge: ({ series, limits }) =>
    series.share.flatMap((one) =>
      beyond(one, {
        side: 'below',
        sick: limits.sick,
        suspect: limits.suspect,
        points: behindStart(one.points, 0.1),
        length: 5,
        share: 0.8,
      }),
    ),
});
