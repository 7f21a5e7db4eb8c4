import type { Format } from '../format.ts';
import { plumblineRun } from './plumbline.ts';
import { jsonLines } from './json-lines.ts';

/** Every format that can be read; the first that recognises a file takes it, so special ones come before general ones. */
export const FORMATS: readonly Format[] = [plumblineRun, jsonLines];
