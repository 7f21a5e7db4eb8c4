import fc from 'fast-check';

/** Settings of a run by one of its rules, to be laid over the smallest configuration. */
export type RuleSettings = {
  readonly optimiser?: { readonly rule: 'levenberg-marquardt' };
  readonly network?: { readonly activation: 'gated'; readonly unit: 'ergodic' };
};

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

/** Settings of the Bewley trainer that change what a step is made of, to be laid over its smallest configuration. */
export type BewleySettings = {
  readonly network: { readonly distribution: 'moments' | 'deep-sets' | 'ordered' };
  /** Of two worlds: all in one pass, or one a pass. */
  readonly batch: { readonly worldsPerPass?: number };
  readonly redraw: { readonly unit: 'worlds' | 'agents' };
  readonly loss: { readonly byWealth: number };
  readonly normaliser: { readonly scope: 'global' | 'per-agent' };
};

export const bewleySettings: fc.Arbitrary<BewleySettings> = fc.record({
  network: fc.record({ distribution: fc.constantFrom('moments', 'deep-sets', 'ordered') }),
  batch: fc.constantFrom<BewleySettings['batch'][]>({}, { worldsPerPass: 1 }),
  redraw: fc.record({ unit: fc.constantFrom('worlds', 'agents') }),
  loss: fc.record({ byWealth: fc.constantFrom(0, 0.5, 1) }),
  normaliser: fc.record({ scope: fc.constantFrom('global', 'per-agent') }),
});

/** Settings of PPO that change what an update is made of, to be laid over its smallest configuration. */
export type PpoSettings = {
  readonly environment: {
    readonly name: 'durotaxis' | 'linear-quadratic' | 'cart-pole';
    readonly timeLimit: number;
  };
  readonly network: { readonly shared: boolean };
  readonly value: { readonly clip: 'none' | 'absolute' | 'relative' | 'scale' };
  readonly returns: { readonly normalisation: 'none' | 'running' | 'popart' };
};

/** Several components and continuous actions, one and continuous, one and discrete: by what returns are normalised. */
export function ppoSettings(
  ...normalisations: readonly PpoSettings['returns']['normalisation'][]
): fc.Arbitrary<PpoSettings> {
  return fc.record({
    environment: fc.record({
      name: fc.constantFrom('durotaxis', 'linear-quadratic', 'cart-pole'),
      // Episodes end within and between rollouts of three steps.
      timeLimit: fc.constantFrom(2, 4),
    }),
    network: fc.record({ shared: fc.boolean() }),
    value: fc.record({ clip: fc.constantFrom('none', 'absolute', 'relative', 'scale') }),
    returns: fc.record({ normalisation: fc.constantFrom(...normalisations) }),
  });
}

/** A trainer of an economic model, and settings to be laid over its smallest configuration. */
export type TrainedEconomy<Nk> =
  | { readonly model: 'nk'; readonly configuration: Nk }
  | { readonly model: 'bewley'; readonly configuration: BewleySettings };

/** Any trainer, with such settings. */
export type Trained<Nk> = TrainedEconomy<Nk> | { readonly model: 'ppo'; readonly configuration: PpoSettings };

/** One of the trainers of economic models: that of the New Keynesian model in two cases of three. */
export function economicTrainers<Nk>(nk: fc.Arbitrary<Nk>): fc.Arbitrary<TrainedEconomy<Nk>> {
  return fc.oneof(
    { weight: 2, arbitrary: nk.map((configuration) => ({ model: 'nk' as const, configuration })) },
    {
      weight: 1,
      arbitrary: bewleySettings.map((configuration) => ({ model: 'bewley' as const, configuration })),
    },
  );
}

/** One of all trainers: that of the New Keynesian model in two cases of four. */
export function trainers<Nk>(
  nk: fc.Arbitrary<Nk>,
  ppo: fc.Arbitrary<PpoSettings> = ppoSettings('none', 'running', 'popart'),
): fc.Arbitrary<Trained<Nk>> {
  return fc.oneof<fc.MaybeWeightedArbitrary<Trained<Nk>>[]>(
    { weight: 3, arbitrary: economicTrainers(nk) },
    { weight: 1, arbitrary: ppo.map((configuration) => ({ model: 'ppo' as const, configuration })) },
  );
}

/** Whether the trainer is that of the New Keynesian model, with settings that show something. */
export function isNk<Nk>(trained: Trained<Nk>, shows: (configuration: Nk) => boolean): boolean {
  return trained.model === 'nk' && shows(trained.configuration);
}

/** Whether the trainer is that of the Bewley economy. */
export function isBewley({ model }: Trained<unknown>): boolean {
  return model === 'bewley';
}

/** Whether the trainer is that of PPO. */
export function isPpo({ model }: Trained<unknown>): boolean {
  return model === 'ppo';
}
