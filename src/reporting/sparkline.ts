const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** From a loss of 1 to one of 1e-3 a linear scale shows nothing. */
const DECADES_FOR_LOGARITHM = 2;

/** Values as a line of bars, so many at most; on a logarithmic scale where they span more than two decades above 0. */
export function sparkline(values: readonly number[], width: number): string {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const isLogarithmic = least > 0 && Math.log10(most / least) > DECADES_FOR_LOGARITHM;
  const scale = isLogarithmic ? Math.log : (value: number) => value;
  const [bottom, top] = [scale(least), scale(most)];
  const count = Math.min(width, values.length);
  return Array.from({ length: count }, (_, index) => {
    const value = values[Math.round((index * (values.length - 1)) / Math.max(1, count - 1))] ?? least;
    const height = top === bottom ? 0 : (scale(value) - bottom) / (top - bottom);
    return BARS[Math.min(BARS.length - 1, Math.floor(height * BARS.length))] ?? BARS[0];
  }).join('');
}
