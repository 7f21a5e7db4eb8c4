import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/**
 * Where a file is for services that show it: from the root of the repository with slashes, absolute outside of it. The root
 * is what GitHub Actions says, else the nearest folder above that holds `.git`, else the folder of the command.
 */
export function repositoryPath(file: string): string {
  const path = relative(process.env['GITHUB_WORKSPACE'] ?? rootAbove(process.cwd()), resolve(file));
  const isOutside = path.startsWith('..') || isAbsolute(path);
  return isOutside ? resolve(file) : path.split(sep).join('/');
}

function rootAbove(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return folder;
  }
}
