import type { BewleyConfiguration } from './configuration.ts';

/** Agents whose activations a cache of a few MiB holds: a pass of 3,200 rows takes half the time of four with 12,800. */
const ROWS_IN_CACHE = 4096;

/** Worlds that a pass takes: those configured, or the most that divide all worlds and have no more than 4,096 agents. */
export function passSize({ worlds, agents, worldsPerPass }: BewleyConfiguration['batch']): number {
  if (worldsPerPass !== undefined) return worldsPerPass;
  const divisors = Array.from({ length: worlds }, (_, index) => index + 1).filter(
    (size) => worlds % size === 0 && size * agents <= ROWS_IN_CACHE,
  );
  return divisors.at(-1) ?? 1;
}
