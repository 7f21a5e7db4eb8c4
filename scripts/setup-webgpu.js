// Sets up the engine `webgpu`: npm run setup:webgpu
//
// Installs the two npm packages beside the others, without a trace in package.json and package-lock.json (so that
// `npm ci` takes them away again), and on Debian a Vulkan driver in software where there is no other. Run it again at
// any time: what is here already is left alone.
import { SetupFailure } from './setup/failure.js';
import { openInChild } from './setup/open-in-child.js';
import { secondsSince, step } from './setup/steps.js';
import { installDriver } from './setup/webgpu/driver.js';
import { installPackages } from './setup/webgpu/packages.js';

async function setUp() {
  const started = Date.now();
  const before = await openInChild('webgpu');
  if (before.opened) {
    process.stdout.write(`webgpu is already here: ${before.said} (${secondsSince(started)})\n`);
    return;
  }
  await step('npm packages', installPackages);
  await step('driver', installDriver);
  await step('opening webgpu with its self-test', async () => {
    const after = await openInChild('webgpu');
    if (after.opened) return { said: after.said, value: undefined };
    throw new SetupFailure(
      'everything is installed, and webgpu does not open',
      'look at the reason; VK_DRIVER_FILES names a Vulkan driver, PLUMBLINE_DAWN=adapter=NAME one of several GPUs',
      after.why,
    );
  });
  process.stdout.write(`webgpu is here (${secondsSince(started)} in all)\n`);
}

try {
  await setUp();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (!(error instanceof SetupFailure) && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = 2;
}
