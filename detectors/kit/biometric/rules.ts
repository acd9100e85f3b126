/** The rules of biometric identifiers: their forms, and what a label or a word in the same clause tells. */
import type { Rule } from '../../contract.js';

export const LABELLED: Rule = {
  name: 'biometric.label',
  kind: 'template',
  confidence: 0.96,
  about: 'A template, hash or id after a biometric label: fingerprint, voiceprint, iris code',
};
export const VECTOR: Rule = {
  name: 'biometric.vector',
  kind: 'vector',
  confidence: 0.93,
  about: 'The numbers of a face or voice embedding',
};
export const FILE: Rule = {
  name: 'biometric.file',
  kind: 'file',
  confidence: 0.9,
  about: 'A recording or print file after a biometric label',
};
export const HEADER: Rule = {
  name: 'biometric.header',
  kind: 'template',
  confidence: 0.9,
  about: 'A template that begins as ISO/IEC 19794 says (FMR, FIR, FAC, IIR)',
};
export const CUED: Rule = {
  name: 'biometric.near-word',
  kind: 'template',
  confidence: 0.8,
  about: 'A code in the same clause as a word for a bodily feature',
};
