import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from './saved-model.ts';
import { GRAPH_TAG, savedModelOf } from './saved-model.ts';
import type { TensorflowBackend } from './tensorflow-backend.ts';

/** Gives a graph to libtensorflow, which reads it from a folder; the number of its session, for `deleteSavedModel`. */
export function openSession({ binding }: TensorflowBackend, graph: Graph): number {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModelOf(graph));
    return binding.loadSavedModel(folder, GRAPH_TAG);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
