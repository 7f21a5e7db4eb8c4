import type { Stream } from '../../../../numerics/stream.ts';
import { drawAction } from './agent.ts';
import type { Findings } from './findings.ts';
import type { ProbedEnvironment } from './probed.ts';
import { sameRow } from './rows.ts';

/** A chance that is handed out again and again: the stream of a label, from its beginning. */
export type Chance = (label: string) => Stream;

/** Steps of two episodes side by side that are compared with each alone. */
const INTERLEAVED = 50;

/** Runs episodes at random, each step twice, and asks whether they end. */
export function checkEpisodes(
  probed: ProbedEnvironment,
  chance: Chance,
  steps: number,
  findings: Findings,
): void {
  const { environment } = probed;
  const agent = chance('agent');
  const begin = (episode: number): Float32Array => {
    const state = probed.reset(chance(`reset ${episode}`));
    if (!sameRow(state, probed.reset(chance(`reset ${episode}`)))) {
      findings.add(
        'reset-by-chance',
        'two resets with the same stream lead to two states; draw from the stream that is handed over alone, and keep nothing between calls.',
      );
    }
    return state;
  };
  let [episode, taken] = [0, 0];
  let state = begin(episode);
  const action = probed.action();
  for (let step = 0; step < steps; step += 1) {
    probed.observe(state);
    checkPotential(probed, state, findings);
    drawAction(environment.actions, action, agent);
    const before = state.slice();
    const made = probed.step(state, action, chance(`step ${step}`));
    const again = probed.step(before, action, chance(`step ${step}`));
    const isSame =
      sameRow(state, before) && sameRow(made.rewards, again.rewards) && made.terminated === again.terminated;
    if (!isSame) {
      findings.add(
        'step-by-chance',
        'two steps from the same state with the same action and the same stream differ; whatever a step depends on must be in the state, and chance must come from the stream.',
      );
    }
    taken += 1;
    // The last observation of an episode is seen too: a truncated one is bootstrapped from it.
    if (made.terminated || taken >= environment.timeLimit) {
      probed.observe(state);
      [episode, taken] = [episode + 1, 0];
      state = begin(episode);
    }
  }
  if (episode === 0 && environment.timeLimit === Number.POSITIVE_INFINITY) {
    findings.add(
      'never-ends',
      `no episode has ended in ${steps} steps at random, and timeLimit is Infinity; give a timeLimit, or answer true in step where the task ends.`,
    );
  }
}

/** Runs two episodes one after the other and then in turns: neither may know of the other. */
export function checkInterleaving(probed: ProbedEnvironment, chance: Chance, findings: Findings): void {
  const alone = [0, 1].map((which) => {
    const episode = new Episode(probed, chance, which);
    return Array.from({ length: INTERLEAVED }, () => episode.advance());
  });
  const both = [0, 1].map((which) => new Episode(probed, chance, which));
  for (let step = 0; step < INTERLEAVED; step += 1) {
    for (const [which, episode] of both.entries()) {
      const expected = alone[which]?.[step];
      if (expected !== undefined && !sameRow(episode.advance(), expected)) {
        findings.add(
          'state-shared',
          'an episode goes otherwise when another runs beside it; keep everything in the state, and no variable outside of it.',
        );
      }
    }
  }
}

function checkPotential({ environment }: ProbedEnvironment, state: Float32Array, findings: Findings): void {
  const potential = environment.potential?.(state.slice());
  if (potential === undefined || Number.isFinite(potential)) return;
  findings.add(
    'potential-not-finite',
    `potential answers ${potential} in a state of an episode; expected a finite number.`,
  );
}

/** An episode at random which begins anew when it has ended; its chances are its own. */
class Episode {
  readonly #probed: ProbedEnvironment;
  readonly #random: Stream;
  readonly #agent: Stream;
  #state: Float32Array;
  #taken = 0;

  constructor(probed: ProbedEnvironment, chance: Chance, which: number) {
    this.#probed = probed;
    this.#random = chance(`episode ${which}`);
    this.#agent = chance(`agent ${which}`);
    this.#state = probed.reset(this.#random);
  }

  /** Takes a step; answers with all that came of it. */
  advance(): Float32Array {
    const action = this.#probed.action();
    drawAction(this.#probed.environment.actions, action, this.#agent);
    const { rewards, terminated } = this.#probed.step(this.#state, action, this.#random);
    const seen = this.#probed.observe(this.#state);
    const all = Float32Array.from([...this.#state, ...rewards, ...seen, terminated ? 1 : 0]);
    this.#taken += 1;
    if (terminated || this.#taken >= this.#probed.environment.timeLimit) {
      this.#state = this.#probed.reset(this.#random);
      this.#taken = 0;
    }
    return all;
  }
}
