/** Factors that one arm changes together. */
export interface Combination {
  readonly factors: readonly string[];
  readonly arm: string;
}

/** More factors would ask for more than 63 arms. */
const MOST_FACTORS = 6;

/**
 * The combinations of a factorial design, from `{ 'taxes': 'no-tax', 'clip': 'no-clip', 'taxes + clip': 'neither' }`:
 * each factor alone, and every combination of them, fewest first. Nothing written is no design.
 *
 * @throws what `refuse` makes, where a combination is missing, is there twice, or names an arm that is not.
 */
export function combinationsOf(
  written: Readonly<Record<string, string>>,
  arms: readonly string[],
  refuse: (key: string | undefined, given: string, expected: string) => Error,
): readonly Combination[] {
  const combinations = Object.entries(written).map(([key, arm]) => {
    const factors = key.split('+').map((factor) => factor.trim());
    if (factors.includes('') || new Set(factors).size < factors.length)
      throw refuse(key, key, 'names of factors with + between them');
    if (!arms.includes(arm)) throw refuse(key, arm, `an arm: ${arms.join(', ')}`);
    return { key, factors, arm };
  });
  const factors = [...new Set(combinations.flatMap((one) => one.factors))];
  if (factors.length > MOST_FACTORS)
    throw refuse(undefined, `${factors.length} factors`, `at most ${MOST_FACTORS}`);
  return subsetsOf(factors).map((subset) => {
    const [match, another] = combinations.filter((one) => isSame(one.factors, subset));
    const name = subset.join(' + ');
    if (match === undefined)
      throw refuse(undefined, `no arm for ${name}`, 'an arm for each factor alone and for each combination');
    if (another !== undefined) throw refuse(another.key, name, 'each combination once');
    return { factors: subset, arm: match.arm };
  });
}

/** Whether the first combination changes all that the second does, and more. */
export function contains(one: Combination, other: Combination): boolean {
  return (
    one.factors.length > other.factors.length && other.factors.every((factor) => one.factors.includes(factor))
  );
}

/** All that are not empty, fewest first. */
function subsetsOf(items: readonly string[]): readonly (readonly string[])[] {
  const all = Array.from({ length: 2 ** items.length - 1 }, (_, mask) =>
    items.filter((_item, index) => ((mask + 1) >> index) % 2 === 1),
  );
  return all.sort((left, right) => left.length - right.length);
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
