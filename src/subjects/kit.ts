import type { TensorMemory } from '../engine/index.ts';
import { tensorMemory } from '../engine/index.ts';
import type { BewleyConfiguration, BewleyTrainerKit } from '../models/bewley/index.ts';
import { bewleyTrainerKit, parseBewleyConfiguration } from '../models/bewley/index.ts';
import type { NkConfiguration, NkKit } from '../models/nk/index.ts';
import { nkKit, parseNkConfiguration } from '../models/nk/index.ts';
import type { PpoConfiguration, PpoKit } from '../models/ppo/index.ts';
import { parsePpoConfiguration, ppoKit } from '../models/ppo/index.ts';
import type { NormaliserKit } from '../nn/index.ts';
import { normaliserKit } from '../nn/index.ts';
import type { Stream } from '../numerics/stream.ts';

/** Services of an engine that a fault can replace. */
export interface EngineKit {
  /** Runs the work of one operation on the engine. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  /** `count` integers in [low, high], both inclusive. */
  readonly integers: (stream: Stream, count: number, low: number, high: number) => Int32Array;
  /** Tensors that are alive, and their bytes. */
  readonly memory: () => TensorMemory;
}

/** The record of functions of which everything that this package contains is made; a fault replaces some of them. */
export interface Kit {
  readonly engine: EngineKit;
  readonly nk: NkKit;
  readonly bewley: BewleyTrainerKit;
  readonly ppo: PpoKit;
  /** By itself; the trainer of the Bewley economy has one of its own. */
  readonly normaliser: NormaliserKit;
  /** Settings laid over the smallest configuration of the model; throws InputError for what it refuses. */
  readonly parseNk: (overlay: Readonly<Record<string, unknown>>) => NkConfiguration;
  readonly parseBewley: (overlay: Readonly<Record<string, unknown>>) => BewleyConfiguration;
  readonly parsePpo: (overlay: Readonly<Record<string, unknown>>) => PpoConfiguration;
}

/** The kit without a fault. */
export const correctKit: Kit = {
  engine: {
    run: (work) => work(),
    integers: (stream, count, low, high) =>
      Int32Array.from({ length: count }, () => stream.integer(low, high)),
    memory: tensorMemory,
  },
  nk: nkKit,
  bewley: bewleyTrainerKit,
  ppo: ppoKit,
  normaliser: normaliserKit,
  parseNk: parseNkConfiguration,
  parseBewley: parseBewleyConfiguration,
  parsePpo: parsePpoConfiguration,
};

/** A kit with some functions of the New Keynesian kit replaced. */
export function inNk(replace: (nk: NkKit) => Partial<NkKit>): (kit: Kit) => Kit {
  return (kit) => ({ ...kit, nk: { ...kit.nk, ...replace(kit.nk) } });
}

/** A kit with some functions of the Bewley kit replaced. */
export function inBewley(
  replace: (bewley: BewleyTrainerKit) => Partial<BewleyTrainerKit>,
): (kit: Kit) => Kit {
  return (kit) => ({ ...kit, bewley: { ...kit.bewley, ...replace(kit.bewley) } });
}

/** A kit with some functions of the PPO kit replaced. */
export function inPpo(replace: (ppo: PpoKit) => Partial<PpoKit>): (kit: Kit) => Kit {
  return (kit) => ({ ...kit, ppo: { ...kit.ppo, ...replace(kit.ppo) } });
}

/** A kit with some functions of the running normaliser replaced, wherever there is one. */
export function inNormaliser(
  replace: (normaliser: NormaliserKit) => Partial<NormaliserKit>,
): (kit: Kit) => Kit {
  const faulty = (normaliser: NormaliserKit): NormaliserKit => ({ ...normaliser, ...replace(normaliser) });
  return (kit) => ({
    ...kit,
    normaliser: faulty(kit.normaliser),
    bewley: { ...kit.bewley, normaliser: faulty(kit.bewley.normaliser) },
  });
}

/** A kit with some services of the engine replaced. */
export function inEngine(replace: (engine: EngineKit) => Partial<EngineKit>): (kit: Kit) => Kit {
  return (kit) => ({ ...kit, engine: { ...kit.engine, ...replace(kit.engine) } });
}
