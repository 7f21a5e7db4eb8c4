/** How a curve is drawn; curves that lie on one another must still be told apart without colour. */
export interface Stroke {
  readonly colour: string;
  /** In px at 16 cm. */
  readonly width: number;
  /** Lengths of dash and gap in px, as in SVG; solid by default. */
  readonly dash?: string;
  /** From 0 to 1; default 1. */
  readonly opacity?: number;
}

/** A curve: y over x, (n) each; where a y is not finite the curve has a gap. */
export interface Series {
  readonly label: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly stroke: Stroke;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points of a series; a y that an axis cannot show (not finite, or not positive on a logarithmic one) is NaN. */
export function pointsOf({ x, y }: Series, isLogarithmic: boolean): readonly Point[] {
  return y.map((value, index) => ({
    x: x[index] ?? Number.NaN,
    y: Number.isFinite(value) && !(isLogarithmic && value <= 0) ? value : Number.NaN,
  }));
}

/** Points without a neighbour, which no line would show. */
export function isolatedPoints(points: readonly Point[]): readonly Point[] {
  const isDrawn = (point: Point | undefined): boolean => point !== undefined && !Number.isNaN(point.y);
  return points.filter(
    (point, index) => isDrawn(point) && !isDrawn(points[index - 1]) && !isDrawn(points[index + 1]),
  );
}

/**
 * The same curve with at most four points a column of the picture: first, lowest, highest and last, in their order. A
 * line through them covers the same pixels as a line through all (Jugel et al. 2014, "M4"). Gaps stay gaps.
 */
export function thinned(points: readonly Point[], columns: number): readonly Point[] {
  if (points.length <= 4 * columns) return points;
  const size = points.length / columns;
  return Array.from({ length: columns }, (_, column) => {
    const bin = points.slice(Math.round(column * size), Math.round((column + 1) * size));
    const drawn = bin.filter(({ y }) => !Number.isNaN(y));
    const lowest = drawn.reduce<Point | undefined>(
      (a, b) => (a === undefined || b.y < a.y ? b : a),
      undefined,
    );
    const highest = drawn.reduce<Point | undefined>(
      (a, b) => (a === undefined || b.y > a.y ? b : a),
      undefined,
    );
    const kept = new Set([bin[0], lowest, highest, bin.at(-1), bin.find(({ y }) => Number.isNaN(y))]);
    return bin.filter((point) => kept.has(point));
  }).flat();
}
