import type { NkLossRow, NkPolicyData } from '../../../src/reporting/figures/index.ts';

type Curve = NkPolicyData['curves'][number];

const PARAMETERS: readonly (readonly [string, string, number, readonly [number, number]])[] = [
  ['β', 'discount factor', 0.97, [0.95, 0.99]],
  ['σ', 'relative risk aversion', 2, [1, 3]],
  ['η', 'inverse Frisch elasticity', 1.125, [0.25, 2]],
  ['φ', 'price duration', 0.7, [0.5, 0.9]],
  ['φ_π', 'response to inflation', 1.875, [1.25, 2.5]],
  ['φ_y', 'response to output', 0.25, [0, 0.5]],
  ['ρ', 'persistence', 0.875, [0.8, 0.95]],
  ['σ_a', 'shock deviation', 0.06, [0.02, 0.1]],
];

/** Straight lines from −1 % to −2 %, the network 2 % above; `change` replaces the first curve. */
export function policies(change: Partial<Curve> = {}, points = 21): NkPolicyData {
  const line = Array.from({ length: points }, (_, index) => -0.01 - (0.01 * index) / (points - 1));
  const above = line.map((value) => 0.98 * value);
  const curves = PARAMETERS.map(([symbol, description, baseline, prior], index): Curve => {
    const [lower, upper] = prior;
    return {
      parameter: { symbol, description, baseline, prior },
      values: line.map((_, at) => lower + ((upper - lower) * at) / (points - 1)),
      network: { output: above, inflation: above },
      closedForm: { output: line, inflation: line },
      ...(index === 0 ? change : {}),
    };
  });
  return { deviations: -1, curves };
}

/** A log whose loss falls a decade every hundred rows. */
export function log(rows: number): readonly NkLossRow[] {
  return Array.from({ length: rows }, (_, step) => {
    const total = 10 ** (-3 - step / 100);
    return { step, total, is: 0.75 * total, phillips: 0.25 * total, learningRate: 1e-3 };
  });
}

/** Panels of a figure, as the text of their groups. */
export function panelsOf(svg: string): readonly string[] {
  return svg.split(/(?=<g [^>]*class="panel")/u).filter((part) => part.includes('class="panel"'));
}

/** Paths of the curves of a panel, in the order in which they are drawn; dashed ones have a dash. */
export function curvesOf(
  panel: string,
): readonly { readonly d: string; readonly dash: string | undefined }[] {
  return [...panel.matchAll(/<g ([^>]*)aria-label="line"([^>]*)>(.*?)<\/g>/gu)].map(
    ([, before = '', after = '', body = '']) => ({
      d: /\bd="([^"]*)"/u.exec(body)?.[1] ?? '',
      dash: /stroke-dasharray="([^"]*)"/u.exec(before + after + body)?.[1],
    }),
  );
}

/** Points of a path. */
export function verticesOf(d: string): readonly (readonly [x: number, y: number])[] {
  return [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/gu)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

/** What a reader sees of a text: markup removed. */
export function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gu)].map(([, body = '']) =>
    body.replaceAll(/<[^>]*>/gu, ''),
  );
}
