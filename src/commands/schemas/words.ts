/** What all contracts are made of: handles and references, times, digests, names of sources, codes. */
import { z } from 'zod';
import { CATEGORIES } from '../../../detectors/contract.js';
import { handleUnitsMax } from '../../limits.js';
import { SURFACES } from '../../message.js';
import { REASON_NAMES } from '../../verdict.js';

export const handle = z
  .string()
  .max(handleUnitsMax)
  .describe('Kept as it is unless an identifier is found in it; then a keyed reference');
export const reference = z
  .string()
  .regex(/^\[OTHER-ID:[A-Z2-7]{16}\]$/)
  .describe('A keyed reference: the same for the same value of a tenant');
export const surface = z.enum(SURFACES);
export const time = z.int().min(0).describe('Milliseconds since 1970');
export const print = z.string().regex(/^[0-9a-f]{16}$/);
export const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const sourceName = z
  .string()
  .regex(/^[A-Za-z0-9._-]+\/\d+\/\d+$/)
  .describe('topic/partition/offset of the input');
export const source = z.strictObject({ topic: z.string(), partition: z.int().min(0), offset: z.int().min(0) });
export const reason = z.enum(REASON_NAMES.filter((name) => name !== 'none'));
export const findings = z.partialRecord(z.enum(CATEGORIES), z.int().min(1));
