/** A digest of what the engine would find: the version, every rule, every label and the lexicon. Two engines that agree on it agree on verdicts. */
import { createHash } from 'node:crypto';
import { detectors } from '../../detectors/index.js';
import { VERSION } from '../version.js';
import { vocabularyOf } from './vocabulary.js';

let digest: string | undefined;

export function engineDigest(): string {
  if (digest !== undefined) return digest;
  const hash = createHash('sha256').update(VERSION);
  for (const { category, citation, rules } of detectors) hash.update(JSON.stringify([category, citation, rules]));
  hash.update(new Uint8Array(vocabularyOf(detectors).lexicon.buffer, 0, 256));
  return (digest = hash.digest('hex'));
}
