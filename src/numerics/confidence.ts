import { InputError } from '../errors.ts';

/** @throws InputError `confidence-range`. */
export function requireConfidence(confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new InputError({
    code: 'confidence-range',
    what: 'there is no confidence interval of this level',
    given: String(confidence),
    expected: 'more than 0 and less than 1, such as 0.95',
  });
}
