import fc from 'fast-check';

/** Settings of a run by one of its rules, to be laid over the smallest configuration. */
export interface RuleSettings {
  readonly optimiser?: { readonly rule: 'levenberg-marquardt' };
  readonly network?: { readonly activation: 'gated'; readonly unit: 'ergodic' };
}

/** AdamW on the published network, or Levenberg and Marquardt on the network that it is meant for. */
export const rules: fc.Arbitrary<RuleSettings> = fc.constantFrom<RuleSettings[]>(
  {},
  {
    optimiser: { rule: 'levenberg-marquardt' },
    network: { activation: 'gated', unit: 'ergodic' },
  },
);

/** Whether steps are those of Levenberg and Marquardt. */
export function isSecondOrder({ optimiser }: RuleSettings): boolean {
  return optimiser !== undefined;
}
