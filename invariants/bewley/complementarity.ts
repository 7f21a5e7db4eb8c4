import fc from 'fast-check';
import { expression } from '../../src/numerics/symbolic.ts';
import { bewleyComplementarity } from '../../src/verification/contracts/index.ts';
import { between, exactly } from '../../src/verification/generators.ts';
import { law } from '../../src/verification/law.ts';
import type { Measurement } from '../../src/verification/measurement.ts';
import { agree, hasType, notAnswered, same } from '../../src/verification/measurement.ts';
import { float32 } from '../../src/verification/tensor-value.ts';
import { magnitude, shape } from './cases.ts';

const fischerBurmeister = expression('s + (1 - h) - sqrt(s^2 + (1 - h)^2)');
const slopes = { s: fischerBurmeister.derivative('s'), h: fischerBurmeister.derivative('h') };

type Point = readonly [s: number, h: number];

/** Saving or not, constrained or not, both, neither. */
const point: fc.Arbitrary<Point> = fc.oneof(
  // The zero set: unconstrained, constrained, and where the two meet.
  fc.tuple(magnitude(1e-4, 1), fc.constant(1)),
  fc.tuple(fc.constant(0), between(0.2, 0.99)),
  fc.constant<Point>([0, 1]),
  // Saves although constrained; a return above 1; a network's outputs.
  fc.tuple(between(0.05, 0.99), between(0.2, 0.95)),
  fc.tuple(between(0.001, 0.99), between(1.05, 2)),
  fc.tuple(magnitude(1e-6, 1), between(0, 2)),
);

const OFF = 0.04;

interface Case {
  readonly shape: readonly [worlds: number, agents: number];
  readonly pairs: readonly Point[];
}

/** The complementarity function vanishes on its zero set, and nowhere else. */
export const complementarity = law<Case>({
  id: 'bewley/complementarity',
  statement:
    'The function of Fischer and Burmeister is taken of (s, 1 − h): 0 where an agent saves and is unconstrained, or is constrained and saves nothing; positive where both are positive, negative where h exceeds 1.',
  formula: 'φ(s, 1−h) = s + (1−h) − √(s² + (1−h)²);  φ = 0 ⇔ s ≥ 0, 1−h ≥ 0, s (1−h) = 0',
  guards: 'agents who save are told that they are constrained, or the other way round',
  suspects: 'the arguments of the function (src/models/bewley/complementarity.ts here): 1 − h, not h',
  oracle: 'derivation',
  bound:
    'forward error of φ as text and of its symbolic derivatives; at (0, 0) the slopes need only be finite',
  needs: [bewleyComplementarity],
  coverage: [
    {
      label: 'an unconstrained agent',
      minimumShare: 0.5,
      shows: ({ pairs }) => pairs.some(([s, h]) => s > 0 && h === 1),
    },
    {
      label: 'a constrained agent',
      minimumShare: 0.5,
      shows: ({ pairs }) => pairs.some(([s, h]) => s === 0 && h < 1),
    },
  ],
  cases: shape.chain(([b, a]) =>
    fc.record({ shape: fc.constant([b, a] as const), pairs: exactly(b * a, point) }),
  ),
  async judge({ shape: [b, a], pairs }, { call, arithmetic, floats }) {
    const { value, gradientSavingsRatio, gradientMarginalReturn } = await call(bewleyComplementarity, {
      savingsRatio: float32(
        [b, a],
        pairs.map(([s]) => s),
      ),
      marginalReturn: float32(
        [b, a],
        pairs.map(([, h]) => h),
      ),
    });
    const measured = pairs.flatMap(([s, h], index): readonly Measurement[] => {
      const at = `s = ${s}, h = ${h}`;
      const got = value.data[index] ?? Number.NaN;
      const inS = gradientSavingsRatio?.data[index] ?? Number.NaN;
      const inH = gradientMarginalReturn?.data[index] ?? Number.NaN;
      const hasSlopes = gradientSavingsRatio !== null && gradientMarginalReturn !== null;
      if (s === 0 && h === 1) {
        // √x of what may underflow: its root is the largest that it can return.
        const least = Math.sqrt(4 * 2 ** -126);
        return [
          agree('φ where both are 0', got, 0, least, at),
          hasSlopes
            ? same(
                'slopes where both are 0',
                Number.isFinite(inS) && Number.isFinite(inH) ? 'finite' : `${inS}, ${inH}`,
                'finite',
              )
            : notAnswered('slopes of φ'),
        ];
      }
      const symbols = { s: arithmetic.exact(s), h: arithmetic.exact(h) };
      const phi = fischerBurmeister.evaluate(arithmetic, symbols);
      const [slopeS, slopeH] = [
        slopes.s.evaluate(arithmetic, symbols),
        slopes.h.evaluate(arithmetic, symbols),
      ];
      const isOnSet = s * (1 - h) === 0 && h <= 1;
      const sign = s > OFF && 1 - h > OFF ? '+' : h - 1 > OFF ? '−' : undefined;
      return [
        agree('φ', got, isOnSet ? 0 : phi.value, phi.bound, at),
        ...(hasSlopes
          ? [
              agree('slope in s', inS, slopeS.value, slopeS.bound, at),
              agree('slope in h', inH, slopeH.value, slopeH.bound, at),
            ]
          : [notAnswered('slopes of φ')]),
        ...(sign === undefined ? [] : [same('sign of φ', got > 0 ? '+' : got < 0 ? '−' : '0', sign, at)]),
      ];
    });
    return [hasType('φ', value, floats, [b, a]), ...measured];
  },
});
