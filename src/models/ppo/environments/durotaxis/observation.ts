import { at } from '../row.ts';
import type { Colony } from './colony.ts';
import { mean, nodes } from './colony.ts';
import { DRIFT_LIMIT } from './ending.ts';
import { hullArea } from './hull.ts';
import type { DurotaxisSettings } from './settings.ts';
import type { DurotaxisState } from './state.ts';
import type { Substrate } from './substrate.ts';
import { intensity, SUBSTRATE } from './substrate.ts';

type Feature = (summary: ColonySummary) => number;

/** What features are made of. */
interface ColonySummary {
  readonly count: number;
  readonly maximum: number;
  readonly x: Spread;
  readonly y: Spread;
  readonly hull: number;
  readonly edgeLength: number;
  readonly substrate: Substrate;
  readonly drift: number;
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
}

const { width, height } = SUBSTRATE;
/** Of y, so that the middle is 0 and the edges are ±1. */
const fromMiddle = (y: number): number => (2 * y) / height - 1;

/**
 * Features of the graph and of its mean node, by name; each is of order 1 in a colony that lives. Degrees are those of
 * a chain: 1 at its two ends and 2 between them.
 */
const FEATURES: Readonly<Record<string, Feature>> = {
  'log nodes': ({ count, maximum }) => Math.log(Math.max(1, count)) / Math.log(maximum),
  edges: ({ count, maximum }) => edges(count) / maximum,
  density: ({ count }) => (count < 2 ? 0 : (2 * edges(count)) / (count * (count - 1))),
  'mean degree': ({ count }) => meanDegree(count) / 2,
  'degree deviation': ({ count }) => (count < 3 ? 0 : Math.sqrt((2 * (count - 2)) / count ** 2)),
  'centroid x': ({ x }) => x.mean / width,
  'centroid y': ({ y }) => fromMiddle(y.mean),
  'box left': ({ x }) => x.least / width,
  'box right': ({ x }) => x.most / width,
  'box bottom': ({ y }) => fromMiddle(y.least),
  'box top': ({ y }) => fromMiddle(y.most),
  // Colonies cover hundredths of the substrate: the root is of the order of their length.
  'root hull area': ({ hull }) => Math.sqrt(hull / (width * height)),
  'x deviation': ({ x }) => (4 * x.deviation) / width,
  'y deviation': ({ y }) => (4 * y.deviation) / height,
  // Between nodes that are left a long edge may run; colonies are about a tenth of the width long.
  'mean edge length': ({ edgeLength }) => (10 * edgeLength) / width,
  // Intensities are between 0.5 and 62.
  'log mean intensity': ({ x, substrate }) => Math.log(Math.max(intensity(substrate, x.mean), 1e-3)) / 2,
  // Not the kit's: what an agent sees does not change with what a fault does to the substrate.
  'intensity variation': ({ x, substrate }) =>
    (substrate.slope * x.deviation) / Math.max(intensity(substrate, x.mean), 1e-3),
  'log intensity rise': ({ substrate }) => Math.log1p((substrate.slope * width) / substrate.intercept) / 4,
  drift: ({ drift }) => drift / DRIFT_LIMIT,
};

/** Names of the features, in the order in which they are written. */
export const DUROTAXIS_OBSERVATIONS = Object.keys(FEATURES);
const IN_ORDER = Object.values(FEATURES);

/** Writes the features of a state. */
export function observeColony(
  { colony, substrate, drift }: DurotaxisState,
  { maximumNodes }: DurotaxisSettings,
  observation: Float32Array,
): void {
  const summary: ColonySummary = {
    count: nodes(colony),
    maximum: maximumNodes,
    x: spreadOf(colony.x),
    y: spreadOf(colony.y),
    hull: hullArea(colony),
    edgeLength: meanEdgeLength(colony),
    substrate,
    drift,
  };
  for (const [i, feature] of IN_ORDER.entries()) observation[i] = feature(summary);
}

function edges(count: number): number {
  return Math.max(0, count - 1);
}

function meanDegree(count: number): number {
  return count === 0 ? 0 : (2 * edges(count)) / count;
}

/** Of no values, all zero. */
function spreadOf(values: Float32Array): Spread {
  const centre = mean(values);
  let [square, least, most] = [0, values[0] ?? 0, values[0] ?? 0];
  for (const value of values) {
    square += (value - centre) ** 2;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { mean: centre, deviation: Math.sqrt(square / Math.max(1, values.length)), least, most };
}

function meanEdgeLength({ x, y }: Colony): number {
  let length = 0;
  for (let i = 1; i < x.length; i += 1) {
    length += Math.hypot(at(x, i) - at(x, i - 1), at(y, i) - at(y, i - 1));
  }
  return length / Math.max(1, x.length - 1);
}
