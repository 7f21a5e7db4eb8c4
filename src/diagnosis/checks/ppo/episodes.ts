import { defineCheck } from '../../check.ts';
import { shown, told } from '../../rules/shown.ts';
import { alignedAt, levelOf } from '../../rules/windows.ts';
import { onsetOf, stretchOf } from '../../rules/stretch.ts';
import { numberSetting, setting } from '../../evidence/logged-run.ts';

export const bothEndings = defineCheck({
  id: 'ppo/terminated-and-truncated',
  title: 'episodes are called terminated and truncated',
  severity: 'sick',
  needs: { both: ['episodes-both'] },
  limits: {},
  why: 'The task ended, or time ran out: at a truncation the value of the last observation is bootstrapped, at a termination it is not.',
  advice: 'Set truncated only where the task has not ended.',
  faults: ['ppo/timeout-as-terminal'],
  laws: ['ppo/time-limit'],
  judge: ({ series }) =>
    series.both.flatMap((one) => {
      const stretch = stretchOf(one.points, (value) => value > 0, { length: 1 });
      if (stretch === undefined) return [];
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} at step ${stretch.bad[0].step}`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    }),
});

export const truncationsAbsent = defineCheck({
  id: 'ppo/truncations-absent',
  title: 'episodes end at the time limit and none is truncated',
  severity: 'sick',
  needs: {
    truncated: ['episodes-truncated'],
    terminated: ['episodes-terminated'],
    length: ['episode-length'],
  },
  limits: { rows: { value: 3, meaning: 'rows whose episodes are as long as the limit' } },
  why: 'Time that runs out is no end of the task: without the value of what comes behind it, long episodes look bad.',
  advice: 'Pass truncations on as such, and bootstrap them.',
  faults: ['ppo/timeout-as-terminal'],
  laws: ['ppo/time-limit'],
  judge: ({ run, series, limits }) => {
    const [truncated, length] = [series.truncated[0], series.length[0]];
    if (truncated === undefined || length === undefined) return [];
    const limit =
      numberSetting(run, 'environment.timeLimit', 'max_episode_steps') ??
      TIME_LIMITS.get(String(setting(run, 'environment.name')));
    if (limit === undefined)
      return {
        notChecked:
          'needs the time limit of the environment (tried environment.timeLimit, max_episode_steps)',
      };
    const atLimit = length.points.filter(({ value }) => value >= limit);
    if (atLimit.length < limits.rows || truncated.points.some(({ value }) => value > 0)) return [];
    return [
      {
        what: `${length.logged} is ${told(limit)}, the time limit, at ${atLimit.length} rows, and ${truncated.logged} is 0 in all`,
        onset: { by: atLimit[0]?.step ?? 0 },
        evidence: shown(length, atLimit),
      },
    ];
  },
});

/** Limits of environments that are known by name. */
const TIME_LIMITS: ReadonlyMap<string, number> = new Map([
  ['cart-pole', 500],
  ['durotaxis', 1000],
]);

export const bonusShare = defineCheck({
  id: 'ppo/bonus-share',
  title: 'a bonus for existing is nearly all of the return',
  severity: 'suspect',
  needs: { bonus: ['return-absolute/*'] },
  limits: {
    sick: { value: 0.9, meaning: 'of the absolute returns of all components' },
    suspect: { value: 0.5, meaning: 'the same' },
  },
  why: 'Agents do what is paid: where a constant for each step outweighs the task, staying alive is the task.',
  advice: 'Take the bonus out, or give it the size of a remainder.',
  faults: ['ppo/reward-for-existing'],
  laws: ['ppo/colony', 'ppo/shaping'],
  judge: ({ run, series, limits }) => {
    const bonus = series.bonus.find(({ name }) => /milestone|bonus|alive|exist/.test(name));
    const returned = run.series.get('return');
    if (bonus === undefined || returned === undefined)
      return { notChecked: 'needs the return, and that of a bonus (tried milestone, bonus, alive, exist)' };
    const shares = alignedAt([bonus, returned]).flatMap(({ points: [part, whole] }) =>
      part === undefined || whole === undefined || whole.value === 0
        ? []
        : { ...part, value: Math.abs(part.value / whole.value) },
    );
    const isOff = setting(run, 'environment.milestones') === false;
    const stretch = stretchOf(shares, (value) => value > (isOff ? 0 : limits.suspect), {
      length: 3,
      share: 0.8,
    });
    if (stretch === undefined) return [];
    const share = levelOf(stretch.bad);
    return [
      {
        severity: isOff || share > limits.sick ? 'sick' : 'suspect',
        what: `${bonus.logged} is ${told(100 * share)} % of the size of the return${isOff ? ', where the configuration has no milestones' : ''}`,
        ...onsetOf(stretch),
        evidence: shown(bonus, bonus.points),
      },
    ];
  },
});

export const rewardBounded = defineCheck({
  id: 'ppo/reward-bounded',
  title: 'a reward that is to lie within ±1 is larger',
  severity: 'sick',
  needs: { absolute: ['return-absolute/*'], length: ['episode-length'] },
  limits: {
    most: { value: 1, meaning: 'mean absolute reward of a component and step, on the scale `bounded`' },
  },
  why: 'Per-node rewards that are summed where a mean is meant grow with the colony: losses with the square of it.',
  advice: 'Divide by the number of nodes.',
  faults: ['ppo/sum-over-nodes'],
  laws: ['ppo/reward-scale', 'ppo/colony'],
  leadsTo: ['ppo/head-share', 'ppo/loss-growth', 'ppo/loss-up-return-down', 'general/divergence'],
  judge: ({ run, series, limits }) => {
    const length = series.length[0];
    if (length === undefined) return [];
    if (setting(run, 'environment.scale') !== 'bounded')
      return { notChecked: 'needs rewards that are declared bounded (environment.scale: bounded)' };
    return series.absolute.flatMap((one) => {
      const means = alignedAt([one, length]).flatMap(({ points: [sum, steps] }) =>
        sum === undefined || steps === undefined ? [] : { ...sum, value: sum.value / steps.value },
      );
      const stretch = stretchOf(means, (value) => value > (1 + 1e-6) * limits.most, { length: 1 });
      if (stretch === undefined) return [];
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} a step at step ${stretch.bad[0].step}, where ±1 is declared`,
          ...onsetOf(stretch),
          evidence: shown(one, one.points),
        },
      ];
    });
  },
});

export const discounted = defineCheck({
  id: 'ppo/discount',
  title: 'returns are larger than discounting allows',
  severity: 'sick',
  needs: { mean: ['return-scale-mean/*'], absolute: ['return-absolute/*'], length: ['episode-length'] },
  limits: { factor: { value: 1.3, meaning: 'of the largest mean absolute reward a step, over 1 − γ' } },
  why: 'A return discounted by γ is at most the largest reward over 1 − γ: 100 at γ = 0.99 and a reward of 1 a step.',
  advice: 'Test the discount on the probe with a delayed reward.',
  faults: ['ppo/discount-ignored'],
  laws: ['ppo/advantages'],
  leadsTo: ['ppo/length-scale', 'ppo/loss-growth', 'ppo/return-falls'],
  judge: ({ run, series, limits }) => {
    const discount = numberSetting(run, 'discount', 'gamma');
    const length = series.length[0];
    if (length === undefined) return [];
    if (discount === undefined || discount >= 1)
      return { notChecked: 'needs a discount below 1 (tried discount, gamma)' };
    return series.mean.flatMap((one) => {
      const absolute = run.series.get(one.name.replace('return-scale-mean/', 'return-absolute/'));
      if (absolute === undefined) return [];
      const rewards = alignedAt([absolute, length]).map(
        ({ points: [sum, steps] }) => (sum?.value ?? 0) / (steps?.value ?? 1),
      );
      const sums = absolute.points.map(({ value }) => value);
      // A reward that comes once is as large as its sum.
      const isEven = rewards.length > 0 && Math.max(...rewards) < 2 * Math.min(...rewards);
      const bound = limits.factor * (isEven ? Math.max(...rewards) / (1 - discount) : Math.max(...sums));
      const stretch = stretchOf(one.points, (value) => Math.abs(value) > bound, { length: 3 });
      if (stretch === undefined || rewards.length === 0 || !isEven) return [];
      return [
        {
          what: `${one.logged} is ${told(stretch.bad[0].value)} at step ${stretch.bad[0].step}, where rewards of ${told(Math.max(...rewards))} a step give ${told(Math.max(...rewards) / (1 - discount))} at most`,
          ...onsetOf(stretch),
          evidence: shown(one, stretch.bad),
        },
      ];
    });
  },
});
