/** One thing that an engine was tried on: its worst error beside the error that its arithmetic allows. */
export interface EngineCheck {
  readonly name: string;
  readonly measured: number;
  readonly allowed: number;
}

/** Measured over allowed: at most 1 passes. What is not a finite number on either side never does. */
export function ratioOf({ measured, allowed }: EngineCheck): number {
  if (!Number.isFinite(measured) || !Number.isFinite(allowed)) return Infinity;
  return measured === 0 ? 0 : measured / allowed;
}

/** The check with the largest ratio; `undefined` for none. */
export function worstOf(checks: readonly EngineCheck[]): EngineCheck | undefined {
  return checks.reduce<EngineCheck | undefined>(
    (worst, next) => (worst === undefined || ratioOf(next) > ratioOf(worst) ? next : worst),
    undefined,
  );
}
