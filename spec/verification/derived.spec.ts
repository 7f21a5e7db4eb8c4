import { beforeAll, describe, expect, test } from 'vitest';
import { LAWS } from '../../invariants/index.ts';
import { openEngine } from '../../src/engine/index.ts';
import { correctKit, subjectOf } from '../../src/subjects/index.ts';
import { checkLaw } from '../../src/verification/check-law.ts';
import * as contract from '../../src/verification/contracts/index.ts';
import { DERIVED_OPERATIONS, withDerived } from '../../src/verification/derived/index.ts';
import type { InputOf } from '../../src/verification/operation.ts';
import type { Subject } from '../../src/verification/subject.ts';
import { implement, inProcessSubject } from '../../src/verification/subject.ts';
import { rowsOf, stacked } from '../../src/verification/tensor-rows.ts';
import type { TensorValue } from '../../src/verification/tensor-value.ts';
import { SubjectError } from '../../src/errors.ts';

type Statistics = InputOf<typeof contract.normaliserRun>['from'];

const held = new Map<string, unknown>();
let released = 0;

function keep(value: unknown): { readonly object: { readonly $handle: string } } {
  const $handle = `object-${held.size + released}`;
  held.set($handle, value);
  return { object: { $handle } };
}

/** The models of this package, whose normalisers and environments are objects. */
function withObjects(own: Subject): Subject {
  const first = (tensor: TensorValue): TensorValue => rowsOf(tensor)[0] ?? tensor;
  const normaliserOf = (handle: { readonly $handle: string }) =>
    held.get(handle.$handle) as {
      settings: InputOf<typeof contract.normaliserRun>['settings'];
      statistics: Statistics;
    };
  const objects = inProcessSubject({
    name: 'objects',
    engine: own.engine,
    arithmetic: own.arithmetic,
    implementations: [
      implement(contract.normaliserCreate, async ({ settings, from }) =>
        keep({ settings, statistics: from }),
      ),
      implement(contract.normaliserNormalise, async ({ object, batch, update }) => {
        const normaliser = normaliserOf(object);
        const { settings, statistics } = normaliser;
        if (!update) {
          if (statistics === null) throw new SubjectError({ code: 'empty', what: 'there is nothing yet' });
          const { normalised, clippedShare } = await own.call(contract.normaliserTransform, {
            ...{ settings, statistics, batch, update },
          });
          return { normalised, clippedShare };
        }
        const trace = await own.call(contract.normaliserRun, {
          settings,
          batches: stacked([batch]),
          from: statistics,
        });
        normaliser.statistics = {
          count: trace.count.data[0] ?? NaN,
          mean: first(trace.mean),
          variance: first(trace.variance),
        };
        return { normalised: first(trace.normalised), clippedShare: trace.clippedShare.data[0] ?? NaN };
      }),
      implement(contract.normaliserStatistics, async ({ object }) => ({
        statistics: normaliserOf(object).statistics,
      })),
      implement(contract.normaliserRestore, async ({ object }) => keep({ ...normaliserOf(object) })),
      implement(contract.environmentCreate, async ({ environment, discount, shaping, seed }) => {
        const actions: TensorValue[] = [];
        const settings = { environment, discount, shaping, seed };
        // One step, of which only the start is told.
        const some = await own.call(contract.ppoEpisode, { ...settings, actions: SOME_ACTION });
        return {
          ...keep({ settings, actions }),
          state: first(some.states),
          potential: some.potentials.data[0] ?? NaN,
        };
      }),
      implement(contract.environmentStep, async ({ object, action }) => {
        const { settings, actions } = held.get(object.$handle) as {
          settings: Omit<InputOf<typeof contract.ppoEpisode>, 'actions'>;
          actions: TensorValue[];
        };
        actions.push(action);
        const episode = await own.call(contract.ppoEpisode, { ...settings, actions: stacked(actions) });
        const last = (tensor: TensorValue): TensorValue => rowsOf(tensor).at(-1) ?? tensor;
        return {
          state: last(episode.states),
          potential: episode.potentials.data.at(-1) ?? NaN,
          rewards: last(episode.rewards),
          terminated: episode.terminated.data.at(-1) === 1,
        };
      }),
    ],
  });
  const answered = [contract.normaliserRun, contract.normaliserTransform, contract.normaliserEmpty] as const;
  const isAnswered = (operation: unknown): boolean =>
    [...answered, contract.normaliserSaveLoad, contract.ppoEpisode].some((one) => one === operation);
  return {
    ...own,
    has: (operation) => objects.has(operation) || (own.has(operation) && !isAnswered(operation)),
    call: (operation, input) => (objects.has(operation) ? objects : own).call(operation, input),
    release: async ({ $handle }) => {
      released += Number(held.delete($handle));
    },
  };
}

/** Of durotaxis: the share of nodes that is deleted, γ_h, α_h, the deviation of the noise, and the angle. */
const SOME_ACTION: TensorValue = { dtype: 'float32', shape: [1, 5], data: new Float32Array(5).fill(0.1) };

let [own, derived]: [Subject | undefined, Subject | undefined] = [undefined, undefined];
beforeAll(async () => {
  own = subjectOf(correctKit, await openEngine('wasm'));
  derived = withDerived(withObjects(own), DERIVED_OPERATIONS);
});

const opened = (subject: Subject | undefined): Subject => {
  if (subject === undefined) throw new Error('it is not open');
  return subject;
};

describe('operations that are asked by way of objects', () => {
  const asked = LAWS.filter(
    ({ id, needs }) =>
      id !== 'normaliser/tensors' &&
      needs.some((one) => one.name.startsWith('normaliser.') || one === contract.ppoEpisode),
  );

  test('are asked by laws', () => {
    expect(asked.length).toBeGreaterThan(10);
  });

  test.each(asked)('$id holds as it does without', async (law) => {
    expect(await checkLaw(law, opened(derived), { runs: 4, seed: 1 })).toMatchObject({ verdict: 'holds' });
  });

  test('no object is left behind', () => {
    expect(released).toBeGreaterThan(0);
    expect(held.size).toBe(0);
  });

  test('a subject that answers an operation itself is asked itself', () => {
    const whole = withDerived(opened(own), DERIVED_OPERATIONS);
    expect(whole.has(contract.normaliserRun)).toBe(true);
    expect(whole.has(contract.normaliserCreate)).toBe(false);
  });
});
