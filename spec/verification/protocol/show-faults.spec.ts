import { expect, test } from 'vitest';
import { LAWS } from '../../../invariants/index.ts';
import { openEngine } from '../../../src/engine/index.ts';
import { correctKit, subjectOf } from '../../../src/subjects/index.ts';
import type { Cell } from '../../../src/verification/kill-matrix.ts';
import {
  FaultyAdapter,
  PROTOCOL_FAULTS,
  showProtocolFaults,
} from '../../../src/verification/protocol/index.ts';

test('defects that there was no time to show are told, and not passed over', async () => {
  const subject = subjectOf(correctKit, await openEngine('wasm'));
  const cells: Cell[] = [];
  const options = { laws: LAWS.filter(({ id }) => id === 'nk/transition'), faults: PROTOCOL_FAULTS, seed: 1 };
  const nothing = (): void => undefined;
  await showProtocolFaults(
    { ...options, deadline: Date.now() - 1 },
    subject,
    new FaultyAdapter(),
    (cell) => cells.push(cell),
    nothing,
  );
  expect(cells.map(({ fault, outcome }) => ({ fault, outcome }))).toEqual(
    PROTOCOL_FAULTS.map(({ id }) => ({ fault: id, outcome: 'not-judged' })),
  );
});
