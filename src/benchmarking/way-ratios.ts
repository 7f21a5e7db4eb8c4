/** Times of a unit done in another way over that of the one beside it. */
export interface WayRatios {
  readonly name: string;
  readonly ratios: readonly number[];
}

/** Pairs of which each way comes first in half. */
const PAIRS = 6;

/** Work that others do on the machine slows both of a pair. */
export async function wayRatios(
  step: () => Promise<void>,
  other: { readonly name: string; readonly step: () => Promise<void> },
): Promise<WayRatios> {
  await other.step();
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const otherFirst = pair % 2 === 1 ? await timeOf(other.step) : undefined;
    const own = await timeOf(step);
    ratios.push((otherFirst ?? (await timeOf(other.step))) / own);
  }
  return { name: other.name, ratios };
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
