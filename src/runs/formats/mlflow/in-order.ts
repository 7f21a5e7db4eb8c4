import type { MetricFile, Point } from './metric-file.ts';

/** Takes the values of several metrics in the order of time, and of steps within one millisecond: a heap of files. */
export function eachInOrder(files: readonly MetricFile[], take: (point: Point) => void): void {
  const heap = files.filter(({ head }) => head !== undefined);
  for (let index = heap.length >> 1; index >= 0; index -= 1) sink(heap, index);
  for (let [first] = heap; first?.head !== undefined; [first] = heap) {
    take(first.head);
    if (!first.advance()) {
      const last = heap.pop();
      if (last !== undefined && last !== first) heap[0] = last;
    }
    sink(heap, 0);
  }
}

function sink(heap: MetricFile[], from: number): void {
  for (let index = from; ;) {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    let least = index;
    if (comesBefore(heap[left], heap[least])) least = left;
    if (comesBefore(heap[right], heap[least])) least = right;
    const [upper, lower] = [heap[index], heap[least]];
    if (least === index || upper === undefined || lower === undefined) return;
    [heap[index], heap[least]] = [lower, upper];
    index = least;
  }
}

function comesBefore(a: MetricFile | undefined, b: MetricFile | undefined): boolean {
  if (a?.head === undefined || b?.head === undefined) return false;
  if (a.time !== b.time) return a.time < b.time;
  return a.head.step === b.head.step ? a.head.metric < b.head.metric : a.head.step < b.head.step;
}
