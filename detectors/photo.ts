/** (Q) Not written yet. */
import type { Detector } from './contract.js';

export const photo: Detector<'photo'> = {
  category: 'photo',
  citation: '164.514(b)(2)(i)(Q)',
  rules: [],
  anchors: {},
  read(): void {},
};
