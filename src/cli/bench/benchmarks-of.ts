import { z } from 'zod';
import type { Benchmark } from '../../benchmarking/benchmark.ts';
import { ENGINE_NAMES } from '../../engine/names.ts';
import { InputError } from '../../errors.ts';

const benchmark = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'an ID is of small letters, digits and hyphens'),
  summary: z.string(),
  unit: z.string().min(1),
  parts: z.object({ name: z.string(), count: z.number().positive() }).optional(),
  engines: z.array(z.enum([...ENGINE_NAMES, 'host'])).nonempty(),
  fewestUnits: z.int().positive().optional(),
  open: z.custom<Benchmark['open']>((value) => typeof value === 'function', 'open is a function'),
});

const module = z.record(z.string(), z.unknown());

/**
 * The benchmarks that a module exports, by any name, one by one or in lists.
 *
 * @throws InputError `benchmarks-invalid` where it exports none, two of one ID, or something else.
 */
export function benchmarksOf(exported: unknown, file: string): readonly Benchmark[] {
  const refuse = (given: string): InputError =>
    new InputError({
      code: 'benchmarks-invalid',
      what: `${file} does not export benchmarks`,
      given,
      expected: 'exports that are benchmarks { id, summary, unit, engines, open }, or lists of them',
    });
  const values = Object.values(module.parse({ ...(exported as object) })).flat();
  const found = values.map((value) => {
    const read = benchmark.safeParse(value);
    if (!read.success) throw refuse(z.prettifyError(read.error));
    return value as Benchmark;
  });
  const unique = [...new Set(found)];
  if (unique.length === 0) throw refuse('a module without exports');
  const twice = unique.find((one, index) => unique.findIndex(({ id }) => id === one.id) !== index);
  if (twice !== undefined) throw refuse(`two benchmarks with the ID ${twice.id}`);
  return unique;
}
