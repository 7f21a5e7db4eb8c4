import type { Format } from '../format.ts';
import { csv } from './csv.ts';
import { deepxde } from './deepxde.ts';
import { jsonArray } from './json-array.ts';
import { jsonColumns } from './json-columns.ts';
import { jsonLines } from './json-lines.ts';
import { lightning } from './lightning.ts';
import { mlflow } from './mlflow/index.ts';
import { plumblineRun } from './plumbline.ts';
import { sb3Monitor } from './sb3-monitor.ts';
import { sb3Progress } from './sb3-progress.ts';
import { tensorboard } from './tensorboard/format.ts';
import { trainerState } from './trainer-state.ts';
import { wandbChart } from './wandb/chart.ts';
import { wandb } from './wandb/format.ts';

/** Every format that can be read; the first that recognises a file takes it, so special ones come before general ones. */
export const FORMATS: readonly Format[] = [
  plumblineRun,
  tensorboard,
  wandb,
  wandbChart,
  sb3Monitor,
  sb3Progress,
  lightning,
  deepxde,
  mlflow,
  trainerState,
  jsonLines,
  jsonArray,
  jsonColumns,
  csv,
];
