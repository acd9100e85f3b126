/** (P) Not written yet. */
import type { Detector } from './contract.js';

export const biometric: Detector<'biometric'> = {
  category: 'biometric',
  citation: '164.514(b)(2)(i)(P)',
  rules: [],
  anchors: {},
  read(): void {},
};
