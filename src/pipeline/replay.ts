/**
 * A record that could not be scanned, handed in again. The surface on which it came is sealed with it, so that it is judged as
 * what it was; and who hands it in proves to have the gate's key, so that nobody else brings it back.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Source, SURFACES, type Surface, sourceName } from '../message.js';
import { heldIn } from './approval.js';
import type { InRecord, OutRecord } from './port.js';
import type { Quarantine, Sealed } from './quarantine.js';
import { sourceOf } from './source-name.js';

/** Of a record on the releases' topic: the proof. The record's key names where it came from first. */
export const REPLAY_HEADER = 'sluice-replay';
/** Behind the headers of a record in quarantine, within the seal. */
const SURFACE_HEADER = 'sluice-surface';

export interface Replayed {
  readonly from: string;
  /** None of a record that an older Sluice has sealed, and whose topic is not read here: then the strictest. */
  readonly surface: Surface | undefined;
  readonly message: Sealed;
}

export function withSurface({ key, value, headers }: Sealed, surface: Surface): Sealed {
  return { key, value, headers: [...headers, [SURFACE_HEADER, Buffer.from(surface)]] };
}

/** Both again. A producer's own header of that name does not come last. */
export function surfaceIn(sealed: Sealed): { readonly surface: Surface | undefined; readonly message: Sealed } {
  const { key, value, headers } = sealed;
  const [name, text] = headers[headers.length - 1] ?? [];
  const surface = name === SURFACE_HEADER ? SURFACES.find((one) => one === text?.toString()) : undefined;
  return { surface, message: surface === undefined ? sealed : { key, value, headers: headers.slice(0, -1) } };
}

/** As it stands in quarantine, sealed. */
export function replayRecord(sealed: Buffer, source: Source, { approvalKey }: Quarantine): OutRecord {
  const from = sourceName(source);
  const proof = Buffer.from(proofOf(from, sealed, approvalKey).toString('base64url'));
  return { key: Buffer.from(from), value: sealed, headers: [[REPLAY_HEADER, proof]] };
}

/** What was handed in; undefined where the key, the place or a bit is another, or a person has to approve it. */
export function replayedIn(
  { key, value }: Pick<InRecord, 'key' | 'value'>,
  proof: Buffer | null,
  inputs: Readonly<Record<string, Surface>>,
  quarantine: Quarantine,
): Replayed | undefined {
  const source = sourceOf(key?.toString() ?? '');
  if (source === undefined || value === null) return undefined;
  const from = sourceName(source);
  const said = Buffer.from(proof?.toString() ?? '', 'base64url');
  const right = proofOf(from, value, quarantine.approvalKey);
  if (said.length !== right.length || !timingSafeEqual(said, right)) return undefined;
  try {
    const { surface = inputs[source.topic], message } = surfaceIn(quarantine.open(value, source));
    return heldIn(message) === undefined ? { from, surface, message } : undefined;
  } catch {
    return undefined;
  }
}

function proofOf(from: string, sealed: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`replay\0${from}\0`).update(sealed).digest();
}
