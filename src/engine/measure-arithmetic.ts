import type { Arithmetic } from '../numerics/arithmetic.ts';
import { SMALLEST_NORMAL, SUBNORMAL_SPACING } from './float32.ts';
import { measureRoundoff, subnormalProducts } from './roundoff.ts';
import { evaluateOnGrid, fitError, underflowError } from './transcendental.ts';

/**
 * What the current engine's arithmetic can be trusted with, measured over grids of a few thousand points (some 30 ms).
 *
 * `underflow` is 2⁻¹⁴⁹ where every operation and function underflows gradually, and the smallest normal number 2⁻¹²⁶
 * where any of them flushes.
 */
export async function measureArithmetic(): Promise<Arithmetic> {
  const products = await subnormalProducts();
  const [exp, expm1, log, sqrt, tanh, sigmoid, pow] = [
    await evaluateOnGrid('exp'),
    await evaluateOnGrid('expm1'),
    await evaluateOnGrid('log'),
    await evaluateOnGrid('sqrt'),
    await evaluateOnGrid('tanh'),
    await evaluateOnGrid('sigmoid'),
    await evaluateOnGrid('pow'),
  ];
  const underflow = underflowError([products, exp, expm1, log, sqrt, tanh, sigmoid, pow].flat());
  return {
    roundoff: await measureRoundoff(),
    underflow: underflow <= SUBNORMAL_SPACING ? SUBNORMAL_SPACING : Math.max(SMALLEST_NORMAL, underflow),
    functions: {
      exp: fitError(exp),
      expm1: fitError(expm1),
      log: fitError(log),
      sqrt: fitError(sqrt),
      tanh: fitError(tanh),
      sigmoid: fitError(sigmoid),
      pow: fitError(pow),
    },
  };
}
