import { existsSync } from 'node:fs';
import { runProgram } from '../run-program.js';

/** Whether this machine has an NVIDIA GPU that its driver answers for. */
export async function hasNvidiaGpu() {
  if (existsSync('/dev/nvidia0')) return true;
  const { code, output } = await runProgram('nvidia-smi', ['--list-gpus'], { timeoutMs: 20_000 });
  return code === 0 && /^GPU \d+:/m.test(output);
}
