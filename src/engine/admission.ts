import type { Arithmetic } from '../numerics/arithmetic.ts';
import { ELEMENTARY_FUNCTIONS } from '../numerics/arithmetic.ts';
import type { EngineCheck } from './check.ts';
import { SMALLEST_NORMAL } from './float32.ts';

/**
 * The worst arithmetic with which an engine is opened. Without such a limit an engine that returns noise would be
 * measured to be very wrong, and then held against bounds that are as wide.
 *
 * The limits lie above what graphics drivers must deliver (Vulkan, appendix A, precision of SPIR-V instructions:
 * division 2.5 ulp ≤ 2^-21.6 of the result; exp (3 + 2|x|) ulp ≤ 2^-15.5 up to |x| = 87; log 2⁻²¹ absolute near 1; pow
 * as exp2(y·log2 x); tanh 10⁻⁵ absolute in WGSL), twice over since measured errors carry a safety factor of two, and
 * below what half precision can (bfloat16 2⁻⁹, half 2⁻¹¹, TensorFloat-32 2⁻¹¹).
 */
const WORST_ROUNDOFF = 2 ** -20;
const WORST_RELATIVE = 2 ** -12;
const WORST_ABSOLUTE = 2 ** -15;

/** Flushing to zero costs as much as the smallest normal number; twice that, as above. */
const WORST_UNDERFLOW = 2 * SMALLEST_NORMAL;

/** Whether measured arithmetic is single precision at all; a check a quantity. */
export function admissionChecks(arithmetic: Arithmetic): readonly EngineCheck[] {
  const { roundoff, underflow, functions } = arithmetic;
  return [
    { name: 'roundoff of + − × ÷', measured: roundoff, allowed: WORST_ROUNDOFF },
    { name: 'error of results that underflow', measured: underflow, allowed: WORST_UNDERFLOW },
    ...ELEMENTARY_FUNCTIONS.flatMap((name) => [
      { name: `relative error of ${name}`, measured: functions[name].relative, allowed: WORST_RELATIVE },
      { name: `absolute error of ${name}`, measured: functions[name].absolute, allowed: WORST_ABSOLUTE },
    ]),
  ];
}
