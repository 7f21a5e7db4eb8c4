/** Times of a unit done in another way over that of the one beside it. */
export interface WayRatios {
  readonly name: string;
  readonly ratios: readonly number[];
}

/** Pairs of which each way comes first in half. */
const PAIRS = 6;

/** Work that others do on the machine slows both of a pair. */
export async function wayRatios(
  run: { readonly step: () => Promise<void> },
  other: { readonly name: string; readonly step: () => Promise<void> },
): Promise<WayRatios> {
  await other.step();
  const ratios: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const otherFirst = pair % 2 === 1 ? await timeOf(other) : undefined;
    const own = await timeOf(run);
    ratios.push((otherFirst ?? (await timeOf(other))) / own);
  }
  return { name: other.name, ratios };
}

async function timeOf(work: { readonly step: () => Promise<void> }): Promise<number> {
  const began = performance.now();
  await work.step();
  return performance.now() - began;
}
