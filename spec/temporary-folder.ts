import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything that specs write goes into one folder, which is gone when they are done. */
export default function temporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-specs-'));
  process.env['TMPDIR'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
