import { describe, expect, it } from 'vitest';
import { recordReads } from '../../src/training/record-reads.ts';

const CONFIGURATION = { batch: 64, network: { hidden: [8, 8] }, loss: { weights: { is: 1, phillips: 2 } } };

describe('recordReads', () => {
  it('declares every leaf, and takes a list for one', () => {
    expect(recordReads(CONFIGURATION).declared).toEqual([
      'batch',
      'loss.weights.is',
      'loss.weights.phillips',
      'network.hidden',
    ]);
  });

  it('records what is read, and nothing of what is passed on unread', () => {
    const { configuration, read } = recordReads(CONFIGURATION);
    const { weights } = configuration.loss;
    expect(read()).toEqual([]);
    expect(weights.phillips).toBe(2);
    expect(configuration.network.hidden).toEqual([8, 8]);
    expect(read()).toEqual(['loss.weights.phillips', 'network.hidden']);
  });
});
