import * as tf from '@tensorflow/tfjs';
import type { BewleyConfiguration } from '../../../../src/models/bewley/index.ts';
import type {
  BewleyControls,
  BewleyPolicy,
  BewleyPolicyInputs,
} from '../../../../src/models/bewley/index.ts';
import type { RiskyReference } from '../../../../src/models/bewley/evaluation/index.ts';
import { referenceChoices } from '../../../../src/models/bewley/evaluation/index.ts';

/** Columns of the table: enough that a cell is 0.2 % of wealth, and a thousandth of capital near the borrowing limit. */
const COLUMNS = 4096;

/** Wealth, over capital, below which columns are at equal distances; above, at equal ratios. */
const BEND = 0.01;

/** Largest s: what is left must be consumed. */
const MOST_SAVED = 1 - 1e-6;

/** s, ln n and h of the reference at nodes of ability (rows) and wealth (columns), on the host. */
export interface ReferenceTable {
  /** (rows · columns, 3), row by row. */
  readonly values: Float32Array;
  /** Rows of normal ability; that of the star follows. */
  readonly nodes: number;
  readonly hasStar: boolean;
  readonly firstLogAbility: number;
  /** Between nodes; 1 where there is one alone. */
  readonly stepLogAbility: number;
  /** a in column log(1 + a/bend) · perLog. */
  readonly bend: number;
  readonly perLog: number;
  readonly labor: BewleyConfiguration['network']['labor'];
}

/** Choices of a reference solution as a table that can be looked up without a search. */
export function referenceTable(
  configuration: BewleyConfiguration,
  reference: RiskyReference,
): ReferenceTable {
  const { logAbilities, hasStar, atNode } = referenceChoices(configuration, reference);
  const bend = BEND * reference.capital;
  const top = reference.policies.assets.at(-1) ?? Number.NaN;
  const perLog = (COLUMNS - 1) / Math.log1p(top / bend);
  const rows = logAbilities.length + (hasStar ? 1 : 0);
  const values = new Float32Array(3 * rows * COLUMNS);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const { savingsRatio, labor, marginalReturn } = atNode(row, bend * Math.expm1(column / perLog));
      values.set([savingsRatio, Math.log(labor), marginalReturn], 3 * (row * COLUMNS + column));
    }
  }
  const [firstLogAbility = Number.NaN, second] = logAbilities;
  return {
    values,
    nodes: logAbilities.length,
    hasStar,
    firstLogAbility,
    stepLogAbility: second === undefined ? 1 : second - firstLogAbility,
    bend,
    perLog,
    labor: configuration.network.labor,
  };
}

/**
 * The reference solution as a policy, by lookup on the engine: s, ln n and h linear between the columns and nodes of a table;
 * beyond the last node of ability straight on, within the bounds that a policy keeps. It sees an agent's own state alone:
 * prices that are not those of the solution do not move it. Makes its tensors anew each time, in the scope of the caller.
 */
export function referencePolicy(table: ReferenceTable): BewleyPolicy {
  const { values, nodes, hasStar, labor } = table;
  const rows = nodes + (hasStar ? 1 : 0);
  return (inputs) => {
    const tensor = tf.tensor2d(values, [rows * COLUMNS, 3]);
    const normal = normalChoices(tensor, inputs, table);
    const all = hasStar ? withStars(normal, starChoices(tensor, inputs, table), inputs.star) : normal;
    const [savingsRatio, logHours, marginalReturn] = all;
    return {
      savingsRatio: tf.clipByValue(savingsRatio, 0, MOST_SAVED),
      labor: tf.clipByValue(tf.exp(logHours), labor.minimum, labor.maximum),
      // Without h > 0 the reciprocals of those who look at it would be infinite.
      marginalReturn: tf.clipByValue(marginalReturn, 1e-6, 1),
    } satisfies BewleyControls;
  };
}

type Columns = readonly [savingsRatio: tf.Tensor, logLabor: tf.Tensor, marginalReturn: tf.Tensor];

/** Cells below a place on an axis of `count` points, and how far into them, which is beyond 0 or 1 where `isOpen`. */
function cells(place: tf.Tensor, count: number): { readonly below: tf.Tensor; readonly share: tf.Tensor } {
  const below = tf.clipByValue(tf.floor(place), 0, Math.max(0, count - 2));
  return { below, share: tf.sub(place, below) };
}

function wealthCells({ wealth }: BewleyPolicyInputs, { bend, perLog }: ReferenceTable) {
  const { below, share } = cells(tf.mul(tf.log1p(tf.div(wealth, bend)), perLog), COLUMNS);
  // Beyond the last point of wealth, where next to nobody is, agents do as there.
  return { below, share: tf.clipByValue(share, 0, 1) };
}

function normalChoices(tensor: tf.Tensor2D, inputs: BewleyPolicyInputs, table: ReferenceTable): Columns {
  const wealth = wealthCells(inputs, table);
  if (table.nodes === 1) return alongWealth(tensor, tf.zerosLike(wealth.below), wealth);
  const place = tf.div(tf.sub(tf.log(inputs.ability), table.firstLogAbility), table.stepLogAbility);
  const { below, share } = cells(place, table.nodes);
  const left = alongWealth(tensor, below, wealth);
  const right = alongWealth(tensor, tf.add(below, 1), wealth);
  return mapped((column) => mix(left[column], right[column], share));
}

function starChoices(tensor: tf.Tensor2D, inputs: BewleyPolicyInputs, table: ReferenceTable): Columns {
  return alongWealth(tensor, tf.fill(inputs.star.shape, table.nodes), wealthCells(inputs, table));
}

function withStars(normal: Columns, stars: Columns, star: tf.Tensor): Columns {
  return mapped((column) => tf.where(tf.greater(star, 0.5), stars[column], normal[column]));
}

function alongWealth(
  tensor: tf.Tensor2D,
  row: tf.Tensor,
  { below, share }: { readonly below: tf.Tensor; readonly share: tf.Tensor },
): Columns {
  const [worlds = 0, agents = 0] = row.shape;
  const at = (column: tf.Tensor): tf.Tensor => {
    const index = tf.cast(tf.reshape(tf.add(tf.mul(row, COLUMNS), column), [worlds * agents]), 'int32');
    return tf.gather(tensor, index);
  };
  const left = at(below);
  const right = at(tf.add(below, 1));
  const shares = tf.reshape(share, [worlds * agents, 1]);
  const all = mix(left, right, shares);
  return mapped((column) => tf.reshape(tf.slice(all, [0, column], [worlds * agents, 1]), [worlds, agents]));
}

function mix(left: tf.Tensor, right: tf.Tensor, share: tf.Tensor): tf.Tensor {
  return tf.add(left, tf.mul(tf.sub(right, left), share));
}

function mapped(of: (column: 0 | 1 | 2) => tf.Tensor): Columns {
  return [of(0), of(1), of(2)];
}
