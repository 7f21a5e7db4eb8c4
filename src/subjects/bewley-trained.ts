import { meanOf } from '../models/bewley/evaluation/statistics.ts';
import { trainBewley } from '../training/index.ts';
import * as contract from '../verification/contracts/index.ts';
import type { Implementation } from '../verification/subject.ts';
import { implement } from '../verification/subject.ts';
import type { Kit } from './kit.ts';

/** The end of a run, over which the economy is averaged: worlds of few agents move by some per cent. */
const AVERAGED_SHARE = 0.4;

/** Steps between two looks. */
const EVERY = 10;

/** The economy that the Bewley trainer arrives at, as an operation. */
export function bewleyTrained(kit: Kit): Implementation {
  return implement(contract.bewleyTrainedEconomy, async ({ configuration, seed, steps }) => {
    const { log } = await trainBewley({
      kit: kit.bewley,
      configuration: kit.parseBewley(configuration),
      seed,
      maximumSteps: steps,
      logEvery: EVERY,
    });
    const tail = log.slice(-Math.ceil(AVERAGED_SHARE * log.length));
    const mean = (name: string): number => meanOf(tail.map((row) => row[name] ?? Number.NaN));
    return { capitalLabor: mean('market/capital_labor'), top5Share: mean('state/top5_share') };
  });
}
