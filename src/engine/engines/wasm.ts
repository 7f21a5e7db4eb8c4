import { setBackend } from '@tensorflow/tfjs';

const CRASH_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Makes tfjs know its WebAssembly backend, and starts it. The package finds its binaries beside itself and takes the
 * SIMD one where the machine has SIMD; it never uses threads in Node.
 *
 * The start (Emscripten's) puts listeners on the process that throw every uncaught error again from inside the
 * handler: Node then ends with code 7, and no listener of the host is asked. They are taken off again, since what
 * becomes of an uncaught error is not for an engine to say.
 */
export async function loadWasm(): Promise<void> {
  const before = CRASH_EVENTS.map((event) => process.rawListeners(event));
  try {
    await import('@tensorflow/tfjs-backend-wasm');
    // What comes of it is checked where every engine is opened.
    await setBackend('wasm');
  } finally {
    CRASH_EVENTS.forEach((event, index) => {
      for (const listener of process.rawListeners(event)) {
        if (before[index]?.includes(listener) !== true) process.off(event, listener as () => void);
      }
    });
  }
}
