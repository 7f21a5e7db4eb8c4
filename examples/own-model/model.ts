/**
 * A user's own New Keynesian model, on plain arrays, without a line of Plumbline in it. `own-model.spec.ts` beside this
 * file holds it to Plumbline's laws inside the user's own test suite.
 */

/** Columns of a parameter vector. */
export interface Parameters {
  readonly beta: number;
  readonly sigma: number;
  readonly eta: number;
  readonly phi: number;
  readonly phiPi: number;
  readonly phiY: number;
  readonly rho: number;
  readonly sigmaA: number;
}

export interface Controls {
  readonly output: number;
  readonly inflation: number;
}

export function coefficients({ beta, sigma, eta, phi, rho, sigmaA }: Parameters) {
  const omega = (1 + eta) / (sigma + eta);
  const kappa = ((1 - phi) * (1 - phi * beta) * (sigma + eta)) / phi;
  const shockScale = sigma * (rho - 1) * omega * sigmaA;
  return {
    kappa,
    omega,
    shockScale,
    ergodicDeviation: Math.abs(shockScale) / Math.sqrt((1 - rho) * (1 + rho)),
  };
}

export function residuals(parameters: Parameters, zeta: number, now: Controls, expected: Controls) {
  const { beta, sigma, phiPi, phiY } = parameters;
  const { kappa } = coefficients(parameters);
  const rate = phiPi * now.inflation + phiY * now.output;
  return {
    is: now.output - expected.output + (rate - expected.inflation - zeta) / sigma,
    phillips: now.inflation - kappa * now.output - beta * expected.inflation,
  };
}

export function step(parameters: Parameters, zeta: number, innovation: number): number {
  return parameters.rho * zeta + coefficients(parameters).shockScale * innovation;
}
