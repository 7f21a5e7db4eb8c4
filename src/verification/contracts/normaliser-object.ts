import { z } from 'zod';
import { operation } from '../operation.ts';
import { tensorSchema as tensor } from '../tensor-value.ts';
import { handle, number } from './fields.ts';
import { settings, statistics } from './normaliser.ts';

/*
 * A normaliser as an object that the subject keeps: whoever has these needs none of `normaliser.run`, `.transform`, `.empty`
 * and `.saveLoad`, which are asked by way of them.
 */

export const normaliserCreate = operation({
  name: 'normaliser.create',
  summary: 'a normaliser without statistics, or with given ones',
  input: z.object({ settings, from: statistics.nullable() }),
  output: z.object({ object: handle }),
});

export const normaliserNormalise = operation({
  name: 'normaliser.normalise',
  summary:
    'a batch, normalised, after it has entered the statistics if it is to update them; refused with the code `empty` where there are none',
  input: z.object({ object: handle, batch: tensor, update: z.boolean() }),
  output: z.object({ normalised: tensor, clippedShare: number }),
});

export const normaliserStatistics = operation({
  name: 'normaliser.statistics',
  summary: 'what a normaliser holds; null for nothing',
  input: z.object({ object: handle }),
  output: z.object({ statistics: statistics.nullable() }),
});

export const normaliserRestore = operation({
  name: 'normaliser.restore',
  summary: 'another normaliser that has loaded what this one saved',
  input: z.object({ object: handle }),
  output: z.object({ object: handle }),
});
