import type { Stream } from '../../numerics/stream.ts';
import type { BewleyInitial } from './configuration.ts';
import { drawLognormal, drawUniform } from './initial-law.ts';

/** Wealth (N) of `count` agents who have no past, a ≥ 0: the same for all, or independent draws of one law. */
export function initialWealth(initial: BewleyInitial['wealth'], count: number, stream: Stream): Float32Array {
  return Float32Array.from({ length: count }, () => {
    if (initial.rule === 'equal') return initial.mean;
    return initial.rule === 'uniform' ? drawUniform(initial, stream) : drawLognormal(initial, stream);
  });
}
