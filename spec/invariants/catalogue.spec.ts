import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FAULTS, LAWS } from '../../invariants/index.ts';
import { correctKit } from '../../src/subjects/index.ts';

const ids = LAWS.map(({ id }) => id);

describe('the catalogue of laws and faults', () => {
  test('is not empty, and IDs are unique', () => {
    expect(LAWS.length).toBeGreaterThan(20);
    expect(FAULTS.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length);
  });

  test.each(LAWS)('$id kills a fault, asks for operations, and says what it is', (law) => {
    expect(FAULTS.filter(({ killedBy }) => killedBy.includes(law.id))).not.toHaveLength(0);
    expect(law.needs).not.toHaveLength(0);
    for (const text of [law.statement, law.formula, law.guards, law.suspects, law.bound])
      expect(text.length).toBeGreaterThan(3);
  });

  test.each(FAULTS)('$id is killed by laws that there are', ({ killedBy }) => {
    expect(killedBy).not.toHaveLength(0);
    expect(killedBy.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test.each(FAULTS)('$id names its model where, and only where, a law on several must kill it', (fault) => {
    const kit = correctKit;
    const faulty = fault.inject(kit);
    const [changed, ...more] = (['nk', 'bewley', 'ppo'] as const).filter(
      (model) => faulty[model] !== kit[model],
    );
    const onSeveral = LAWS.some((law) => 'modelOf' in law && fault.killedBy.includes(law.id));
    expect(fault.model).toBe(onSeveral && more.length === 0 ? changed : undefined);
  });

  test('files that laws point to are there', () => {
    const paths = LAWS.flatMap(({ suspects }) => suspects.match(/src\/[\w/-]+(\.ts)?/g) ?? []);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test('every fault has a unique story', () => {
    const summaries = FAULTS.map(({ summary }) => summary);
    expect(new Set(summaries).size).toBe(summaries.length);
  });
});
