/** (D) Not written yet. */
import type { Detector } from './contract.js';

export const phone: Detector<'phone'> = {
  category: 'phone',
  citation: '164.514(b)(2)(i)(D)',
  rules: [],
  anchors: {},
  read(): void {},
};
