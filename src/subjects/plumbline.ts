import type { OpenEngine } from '../engine/index.ts';
import type { Implementation, Subject } from '../verification/subject.ts';
import { inProcessSubject } from '../verification/subject.ts';
import { bewleyAbility } from './bewley-ability.ts';
import { bewleyEconomy } from './bewley-economy.ts';
import { bewleyTrained } from './bewley-trained.ts';
import { bewleyNetwork } from './bewley-network.ts';
import { enginePrimitives } from './engine-primitives.ts';
import type { Kit } from './kit.ts';
import { nkEconomy } from './nk-economy.ts';
import { nkTraining } from './nk-training.ts';
import { normaliserOperations } from './normaliser.ts';
import { ppoExperience } from './ppo-experience.ts';
import { ppoLosses } from './ppo-losses.ts';
import { ppoTraining } from './ppo-training.ts';
import { trainingOperations } from './training.ts';

/** Everything that this package contains, as a subject on an open engine; a faulty kit makes a faulty subject. */
export function subjectOf(kit: Kit, engine: OpenEngine): Subject {
  const implementations = [
    ...enginePrimitives(kit.engine, engine.name),
    ...nkEconomy(kit.nk),
    ...nkTraining(kit),
    ...trainingOperations(kit, engine),
    ...bewleyAbility(kit.bewley),
    ...normaliserOperations(kit),
    ...bewleyEconomy(kit.bewley),
    bewleyTrained(kit),
    ...bewleyNetwork(kit),
    ...ppoLosses(kit.ppo),
    ...ppoExperience(kit),
    ...ppoTraining(kit),
  ];
  return inProcessSubject({
    name: 'plumbline',
    engine: engine.name,
    arithmetic: engine.arithmetic,
    kernels: engine.kernels,
    implementations: implementations.map((implementation) => onEngine(kit, implementation)),
  });
}

/** The work of an operation goes through the engine service of the kit, which a fault can replace. */
function onEngine(kit: Kit, { operation, answer }: Implementation): Implementation {
  return { operation, answer: (input) => kit.engine.run(() => answer(input)) };
}
