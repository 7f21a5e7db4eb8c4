import type { Format } from '../format.ts';
import { jsonLines } from './json-lines.ts';
import { tensorboard } from './tensorboard/format.ts';
import { wandbChart } from './wandb/chart.ts';
import { wandb } from './wandb/format.ts';

/** Every format that can be read; the first that recognises a file takes it, so special ones come before general ones. */
export const FORMATS: readonly Format[] = [tensorboard, wandb, wandbChart, jsonLines];
