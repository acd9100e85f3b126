/**
 * What the gate keeps on compacted topics for itself, as schemas: sessions' state, what waits for an
 * approval, and what was learned from trusted sources.
 */
import { z } from 'zod';
import { SURFACES } from '../../message.js';
import { learnedOwnersMax } from '../../roster/learned.js';
import { sightedPatientsMax, sightedValuesMax } from '../../roster/sightings.js';
import { digest, handle, print, reference, sourceName, time, uuid } from './words.js';

const patient = z.string().regex(/^[\w-]{22}$/);

export const session = z.strictObject({
  v: z.literal(1),
  tenant: handle,
  session: handle,
  redacted: z.int().min(0),
  withheld: z.int().min(0),
  incidents: z.int().min(0),
  since: time,
  last: time,
  calls: z
    .array(z.tuple([reference, time]))
    .optional()
    .describe('Tool calls of the last moments'),
  sightings: z
    .array(
      z.strictObject({
        patient,
        at: time,
        values: z.array(print).max(sightedValuesMax),
      }),
    )
    .max(sightedPatientsMax)
    .optional()
    .describe('Which values came with which patient: keyed references and fingerprints'),
});

const asked = z
  .strictObject({ tenant: handle, surface: z.enum(SURFACES), plan: digest, asked: z.array(z.string()) })
  .describe('What is said of it when its time is over');

export const awaited = z
  .strictObject({
    v: z.literal(1),
    id: uuid,
    from: sourceName,
    expires: time,
    by: sourceName.optional(),
    about: asked.optional(),
  })
  .describe(
    'Under `approval/ID` beside the sessions: what waits for an approval, and which record has used it, or told that nobody has in time',
  );

export const learned = z
  .strictObject({
    v: z.literal(1),
    by: z
      .array(z.tuple([patient, time]))
      .min(1)
      .max(learnedOwnersMax + 1)
      .describe('With which patients the value came, as keyed references, and when last; many say nothing'),
  })
  .describe('Of a keyed value: the key of its record is its tenant and its fingerprint, as a JSON array');
