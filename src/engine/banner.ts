import { engine } from '@tensorflow/tfjs';

/** What the plain JavaScript backend prints, once, at the first tensor that it holds. */
const BANNER = /^\s*=+\s*Hi, looks like you are running TensorFlow\.js in Node\.js\./;

/**
 * Takes the advertisement of the plain JavaScript backend off the console: its first tensor is made here, while the one
 * text is held back. Nothing else can be lost, for nothing else runs meanwhile. A backend must be set afterwards: tfjs
 * would make a new one of each if it had to choose by itself.
 */
export function skipBanner(): void {
  if (!engine().backendNames().includes('cpu')) return;
  const cpu = engine().findBackend('cpu');
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!(typeof words[0] === 'string' && BANNER.test(words[0]))) warn(...words);
  };
  try {
    cpu.disposeData(cpu.write(new Float32Array(1), [1], 'float32'), true);
  } finally {
    console.warn = warn;
  }
}
