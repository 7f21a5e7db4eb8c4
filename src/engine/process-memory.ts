import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SuiteError } from '../errors.ts';

/**
 * Memory of this process. What is native is in `rssBytes` alone when a library took it (libtensorflow, a GPU driver),
 * and in `externalBytes` too when V8 was told of it (typed arrays, and the heap of WebAssembly, which never shrinks).
 */
export interface ProcessMemory {
  /** Physical memory of the whole process, code and stacks included. */
  readonly rssBytes: number;
  /** Objects of JavaScript. */
  readonly heapBytes: number;
  /** Memory outside the heap that objects of JavaScript hold. */
  readonly externalBytes: number;
  /** The most that `rssBytes` has been since the process began. */
  readonly peakRssBytes: number;
}

/** Collections after which garbage is gone: V8 sweeps array buffers behind the first, and ends that with the second. */
const COLLECTIONS = 2;

export function processMemory(): ProcessMemory {
  const { rss, heapUsed, external } = process.memoryUsage();
  // In kibibytes, on every system.
  const peakRssBytes = 2 ** 10 * process.resourceUsage().maxRSS;
  return { rssBytes: rss, heapBytes: heapUsed, externalBytes: external, peakRssBytes };
}

/**
 * Collects all garbage, so that what `processMemory` then says is in use. Finalisers of native objects run in the next
 * turn of the event loop, so a native engine is measured after a second call there.
 *
 * @throws SuiteError `no-garbage-collector` where V8 does not hand it out.
 */
export function settleMemory(): void {
  collector ??= collectorOf();
  for (let collection = 0; collection < COLLECTIONS; collection += 1) collector();
}

let collector: (() => void) | undefined;

/** The flag works on contexts that are made after it, so that nobody has to start Node with --expose-gc. */
function collectorOf(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') return () => void Reflect.apply(collect, undefined, []);
  throw new SuiteError({
    code: 'no-garbage-collector',
    what: 'V8 does not hand out its garbage collector, so memory cannot be measured',
    given: `Node ${process.version}`,
    todo: 'run Node with --expose-gc',
  });
}
