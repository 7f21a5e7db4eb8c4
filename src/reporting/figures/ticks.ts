/** A mark on an axis: labels are in the markup of figures, minor marks have none. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Ends of an axis and the marks on it. */
export interface Extent {
  readonly domain: readonly [lower: number, upper: number];
  readonly ticks: readonly Tick[];
  /** The power of ten that all labels are to be multiplied by, in the markup of figures. */
  readonly multiplier?: string;
}

/** Steps that people can count in. */
const STEPS = [1, 2, 2.5, 5, 10];

/** A linear axis from `lower` to `upper` exactly, with about `count` marks at round numbers. */
export function linearExtent(lower: number, upper: number, count: number): Extent {
  const rough = (upper - lower) / Math.max(1, count);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * (STEPS.find((candidate) => candidate * magnitude >= rough * 0.999) ?? 10);
  // Digits after the point that write the step in full.
  const decimals = Math.max(
    0,
    Math.min(20, -Math.floor(Math.log10(step * 1.001)) + (isQuarter(step) ? 1 : 0)),
  );
  const first = Math.ceil(lower / step - 1e-6);
  const last = Math.floor(upper / step + 1e-6);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const value = Number(((first + index) * step).toFixed(decimals));
    return { value, label: decimal(value, decimals) };
  });
  return { domain: [lower, upper], ticks };
}

/** The linear axis that holds all finite values with some room around them; a constant has room on both sides. */
export function linearExtentOf(values: readonly number[], count: number): Extent {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { domain: [0, 1], ticks: [] };
  const [lowest, highest] = extremes(finite);
  const spread = highest - lowest;
  // Below a millionth of its size a spread is rounding of single precision, and would be drawn as if it were a shape.
  const isConstant = spread <= 1e-6 * Math.max(Math.abs(lowest), Math.abs(highest));
  const room = isConstant ? Math.abs(highest) / 2 || 1 : 0.06 * spread;
  return withMultiplier(linearExtent(lowest - room, highest + room, count));
}

/** Sizes whose numbers would be longer than the room beside an axis: from 100,000, and below a hundredth. */
const LARGE = 5;
const SMALL = -3;

/** Long numbers become short ones with a power of ten that is said once. */
function withMultiplier({ domain, ticks }: Extent): Extent {
  const exponent = Math.floor(Math.log10(Math.max(...domain.map(Math.abs))));
  if (exponent < LARGE && exponent > SMALL) return { domain, ticks };
  // Ticks are multiples of their step, which has at most two digits that count.
  const steps = ticks.map(({ value }) => Number((value / 10 ** exponent).toPrecision(12)));
  const decimals = Math.max(0, ...steps.map((value) => (String(value).split('.')[1] ?? '').length));
  return {
    domain,
    ticks: ticks.map(({ value }, index) => ({ value, label: decimal(steps[index] ?? Number.NaN, decimals) })),
    multiplier: `×10^{${decimal(exponent, 0)}}`,
  };
}

/** The logarithmic axis of whole decades that holds all positive values, with at most `count` labels. */
export function logExtentOf(values: readonly number[], count: number): Extent {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return { domain: [0.1, 1], ticks: [] };
  const [lowest, highest] = extremes(positive).map(Math.log10) as [number, number];
  const lower = Math.floor(lowest);
  const upper = Math.max(lower + 1, Math.ceil(highest));
  const every = Math.ceil((upper - lower + 1) / Math.max(2, count));
  const decades = Array.from({ length: upper - lower + 1 }, (_, index) => {
    const exponent = lower + index;
    return {
      value: 10 ** exponent,
      label: exponent % every === 0 ? `10^{${decimal(exponent, 0)}}` : '',
    };
  });
  // A decade alone would have numbers at its ends only.
  const within = upper - lower === 1 ? [2, 5] : [];
  const ticks = [
    ...decades,
    ...within.map((digit) => ({
      value: digit * 10 ** lower,
      label: `${digit}×10^{${decimal(lower, 0)}}`,
    })),
  ];
  return { domain: [10 ** lower, 10 ** upper], ticks };
}

/** A number with so many decimals, thousands apart, and a true minus sign. */
export function decimal(value: number, decimals: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
  const size = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && Number(Math.abs(value).toFixed(decimals)) !== 0 ? `−${size}` : size;
}

/** Of any number of values: the spread of arguments would not do. */
function extremes(values: readonly number[]): readonly [lowest: number, highest: number] {
  return values.reduce<readonly [number, number]>(
    ([lowest, highest], value) => [Math.min(lowest, value), Math.max(highest, value)],
    [Infinity, -Infinity],
  );
}

function isQuarter(step: number): boolean {
  const leading = step / 10 ** Math.floor(Math.log10(step * 1.001));
  return Math.abs(leading - 2.5) < 0.1;
}
