import { z } from 'zod';
import { tensorSchema } from '../tensor-value.ts';

/** Any double, NaN and infinities included: judging them is a law's business, not a schema's. */
export const number = z.custom<number>((value) => typeof value === 'number', 'expected a number');

/** Seeds are 32-bit integers, as fast-check's are. */
export const seed = z.int32();

/** Settings laid over the defaults of the subject's model; keys and values are judged by the subject. */
export const configuration = z.record(z.string(), z.unknown());

/** An object that stays in the subject. */
export const handle = z.strictObject({ $handle: z.string().min(1) });

/** A gradient, or null from a subject that has none: its values are judged all the same, and what is not says so. */
export const gradient = tensorSchema.nullable();
