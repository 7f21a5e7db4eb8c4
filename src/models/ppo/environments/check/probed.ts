import type { Stream } from '../../../../numerics/stream.ts';
import type { Environment } from '../../environment.ts';
import { actionLength } from './agent.ts';
import type { Findings } from './findings.ts';
import { guardedRow, notFinite, sameRow } from './rows.ts';

/** What a step has led to. */
export interface ProbedStep {
  readonly rewards: Float32Array;
  readonly terminated: boolean;
}

/**
 * An environment, each call of which is watched: what it writes, what it leaves out, and what it must not touch. Rows
 * of its answers are new; states are changed in place, as by the environment.
 */
export class ProbedEnvironment {
  readonly environment: Environment;
  readonly #findings: Findings;

  constructor(environment: Environment, findings: Findings) {
    this.environment = environment;
    this.#findings = findings;
  }

  /** The state that an episode begins in. */
  reset(random: Stream): Float32Array {
    const row = guardedRow(this.environment.stateSize);
    this.environment.reset(row.values, random);
    this.#judgeGuard('reset', row.isIntact());
    this.#judgeState('reset', row.values);
    return row.values.slice();
  }

  observe(state: Float32Array): Float32Array {
    const [given, row, again] = [
      this.#guarded(state),
      this.#poisoned('observations'),
      this.#poisoned('observations'),
    ];
    this.environment.observe(given.values, row.values);
    this.environment.observe(given.values, again.values);
    this.#judgeGuard('observe', given.isIntact() && row.isIntact());
    if (!sameRow(given.values, state)) {
      this.#findings.add(
        'observe-changes-state',
        'observe changes the state; it is to look only, since it may be called any number of times.',
      );
    }
    this.#judgeObservation(row.values);
    if (!sameRow(row.values, again.values)) {
      this.#findings.add(
        'observation-by-chance',
        'observe writes two different things of one state; whatever is seen must be in the state, also noise (draw it in step).',
      );
    }
    return row.values;
  }

  step(state: Float32Array, action: Float32Array, random: Stream): ProbedStep {
    const [given, taken, rewards] = [
      this.#guarded(state),
      guardedRow(action.length),
      this.#poisoned('rewards'),
    ];
    taken.values.set(action);
    const terminated: unknown = this.environment.step(given.values, taken.values, rewards.values, random);
    this.#judgeGuard('step', given.isIntact() && taken.isIntact() && rewards.isIntact());
    this.#judgeState('step', given.values);
    this.#judgeRewards(rewards.values);
    if (!sameRow(taken.values, action)) {
      this.#findings.add(
        'action-changed',
        'step changes the action that it was given; the trainer stores it, and what is stored must be what was done.',
      );
    }
    if (typeof terminated !== 'boolean') {
      this.#findings.add(
        'terminated-not-boolean',
        `step answers ${String(terminated)}; expected true where the task has ended, else false.`,
      );
    }
    state.set(given.values);
    return { rewards: rewards.values, terminated: terminated === true };
  }

  /** An empty action. */
  action(): Float32Array {
    return new Float32Array(actionLength(this.environment.actions));
  }

  #guarded(values: Float32Array) {
    const row = guardedRow(values.length);
    row.values.set(values);
    return row;
  }

  #poisoned(list: 'observations' | 'rewards') {
    const row = guardedRow(this.environment[list].length);
    row.values.fill(Number.NaN);
    return row;
  }

  #judgeGuard(call: string, isIntact: boolean): void {
    if (isIntact) return;
    this.#findings.add(
      'writes-elsewhere',
      `${call} writes beside a row that it was given; rows are parts of longer arrays, whose other parts belong to other environments.`,
    );
  }

  #judgeState(call: string, state: Float32Array): void {
    const bad = notFinite(state);
    if (bad === undefined) return;
    this.#findings.add(
      'state-not-finite',
      `${call} leaves ${bad.value} as number ${bad.index} of the state; expected finite numbers (of single precision).`,
    );
  }

  #judgeObservation(observation: Float32Array): void {
    const bad = notFinite(observation);
    if (bad === undefined) return;
    const name = this.environment.observations[bad.index] ?? '';
    if (Number.isNaN(bad.value)) {
      this.#findings.add(
        'observation-missing',
        `observe leaves "${name}" (number ${bad.index}) unwritten, or writes NaN; expected a number for each of ${this.environment.observations.length} names.`,
      );
    } else {
      this.#findings.add(
        'observation-not-finite',
        `observe writes ${bad.value} as "${name}" (number ${bad.index}); expected finite numbers.`,
      );
    }
  }

  #judgeRewards(rewards: Float32Array): void {
    const bad = notFinite(rewards);
    if (bad === undefined) return;
    const name = this.environment.rewards[bad.index] ?? '';
    if (Number.isNaN(bad.value)) {
      this.#findings.add(
        'reward-missing',
        `step leaves the reward "${name}" unwritten, or writes NaN; every component is to be written in every step, 0 where there is none.`,
      );
    } else {
      this.#findings.add(
        'reward-not-finite',
        `step writes ${bad.value} as the reward "${name}"; expected finite numbers. If it is a logarithm of an action, keep the bounds of the action off 0.`,
      );
    }
  }
}
