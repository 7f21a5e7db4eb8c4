import { expression } from '../../../src/numerics/symbolic.ts';

/*
 * The three-equation model as text, from the equations of Kase, Melosi and Rottner, "Estimating Nonlinear Heterogeneous
 * Agent Models with Neural Networks", analytical example. Symbols: X output gap, P inflation, EX and EP their expected
 * next values, zeta the natural rate; parameters by their names. Everything that laws compare with derives from here.
 */

const KAPPA = '((1 - phi) * (1 - phi * beta) * (sigma + eta) / phi)';

/** Slope of the Phillips curve. */
export const kappa = expression(KAPPA);

/** ω = (1+η)/(σ+η). */
export const omega = expression('(1 + eta) / (sigma + eta)');

/** Loading of the innovation, s = σ(ρ−1)ωσ_a < 0. */
export const shockScale = expression('sigma * (rho - 1) * ((1 + eta) / (sigma + eta)) * sigmaA');

/** Ergodic deviation of ζ, |s|/√(1−ρ²), with 1−ρ² as a product so that it does not cancel. */
export const ergodicDeviation = expression(
  'sigma * (1 - rho) * ((1 + eta) / (sigma + eta)) * sigmaA / sqrt((1 - rho) * (1 + rho))',
);

/** X − E[X′] + (φ_π Π + φ_y X − E[Π′] − ζ)/σ. */
export const isResidual = expression('X - EX + (phiPi * P + phiY * X - EP - zeta) / sigma');

/** Π − κX − β E[Π′]. */
export const phillipsResidual = expression(`P - ${KAPPA} * X - beta * EP`);

const D = `((sigma * (1 - rho) + phiY) * (1 - beta * rho) + ${KAPPA} * (phiPi - rho))`;

/** Closed-form output gap, (1−βρ)/D·ζ. */
export const closedFormOutput = expression(`(1 - beta * rho) / ${D} * zeta`);

/** Closed-form inflation, κ/D·ζ. */
export const closedFormInflation = expression(`${KAPPA} / ${D} * zeta`);
