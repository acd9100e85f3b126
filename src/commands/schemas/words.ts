/** What several contracts say in the same words. */
import { z } from 'zod';
import { handleUnitsMax } from '../../limits.js';

export const handle = z
  .string()
  .max(handleUnitsMax)
  .describe('Kept as it is unless an identifier is found in it; then a keyed reference');
export const reference = z
  .string()
  .regex(/^\[OTHER-ID:[A-Z2-7]{16}\]$/)
  .describe('A keyed reference: the same for the same value of a tenant');
export const time = z.int().min(0).describe('Milliseconds since 1970');
export const print = z.string().regex(/^[0-9a-f]{16}$/);
