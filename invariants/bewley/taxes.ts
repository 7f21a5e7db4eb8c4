import fc from 'fast-check';
import { bewleyTaxes } from '../../src/verification/contracts/index.ts';
import type { Law } from '../../src/verification/law.ts';
import { law } from '../../src/verification/law.ts';
import { agreesWithOracle, hasType } from '../../src/verification/measurement.ts';
import type { Economy } from './cases.ts';
import { agentName, atAgents, economyOf, magnitude, schedule } from './cases.ts';
import type { Schedule } from './oracle/expressions.ts';
import type { BewleyOracle } from './oracle/household.ts';
import { exactAll, roundedAll } from './oracle/household.ts';

interface Case {
  readonly schedule: Schedule;
  readonly economy: Economy<'x'>;
}

/** What is kept of x is N(x), and of one unit more N′(x), the derivative of the same text. */
export function taxes(oracle: BewleyOracle): Law<Case> {
  return law<Case>({
    id: 'bewley/taxes',
    statement:
      'What a tax leaves is N(x), and what it leaves of one unit more is the derivative of N; flat exactly at ξ = 0.',
    formula: 'N(x) = (1−τ)/(1−ξ) x^(1−ξ),  N′(x) = dN/dx',
    guards: 'first-order conditions that answer to another tax than the budget pays',
    suspects: 'the tax schedule and its marginal retention (src/models/bewley/taxes.ts here)',
    oracle: 'derivation',
    bound: 'forward error of N as text and of its symbolic derivative, any order of products',
    needs: [bewleyTaxes],
    coverage: [
      { label: 'flat', minimumShare: 0.25, shows: ({ schedule: { xi } }) => xi === 0 },
      { label: 'progressive', minimumShare: 0.35, shows: ({ schedule: { xi } }) => xi > 0 },
    ],
    cases: fc.record({ schedule, economy: economyOf({ x: magnitude(1e-4, 300) }) }),
    async judge({ schedule: settings, economy: { x } }, { call, arithmetic, floats }) {
      const { kept, marginal } = await call(bewleyTaxes, { schedule: settings, x });
      const tax = oracle.tax(settings);
      const symbols = roundedAll(arithmetic, { ...settings });
      const at = (formula: typeof tax.kept) =>
        atAgents(x, { x }, (values) =>
          formula.evaluate(arithmetic, { ...symbols, ...exactAll(arithmetic, values) }),
        );
      return [
        hasType('what is kept', kept, floats, x.shape),
        hasType('marginal retention', marginal, floats, x.shape),
        agreesWithOracle('what is kept', kept, at(tax.kept), agentName(x)),
        agreesWithOracle('marginal retention', marginal, at(tax.marginal), agentName(x)),
      ];
    },
  });
}
