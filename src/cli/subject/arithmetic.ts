import type { Arithmetic, ElementaryFunction, FunctionError } from '../../numerics/arithmetic.ts';
import { ELEMENTARY_FUNCTIONS, IEEE_DOUBLE, IEEE_SINGLE } from '../../numerics/arithmetic.ts';
import type { FloatDtype } from '../../verification/tensor-value.ts';
import type { SubjectDeclaration } from './declaration.ts';

const IEEE: Readonly<Record<FloatDtype, Arithmetic>> = { float32: IEEE_SINGLE, float64: IEEE_DOUBLE };

/** Arithmetic of a dtype as IEEE 754 has it, with functions within two units in the last place, or as is declared. */
export function arithmeticOf(dtype: FloatDtype, tolerances: SubjectDeclaration['tolerances']): Arithmetic {
  const base = IEEE[dtype];
  const declared = tolerances?.[dtype];
  const roundoff = declared?.roundoff ?? base.roundoff;
  const errorOf = (name: ElementaryFunction): FunctionError => {
    const units = declared?.functions?.[name];
    const standard = base.functions[name];
    const relative = units === undefined ? (standard.relative / base.roundoff) * roundoff : units * roundoff;
    return { relative, absolute: standard.absolute };
  };
  const functions = Object.fromEntries(
    ELEMENTARY_FUNCTIONS.map((name) => [name, errorOf(name)]),
  ) as Arithmetic['functions'];
  return { roundoff, underflow: base.underflow, functions };
}
