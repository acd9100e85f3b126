/** (G) Not written yet. */
import type { Detector } from './contract.js';

export const ssn: Detector<'ssn'> = {
  category: 'ssn',
  citation: '164.514(b)(2)(i)(G)',
  rules: [],
  anchors: {},
  read(): void {},
};
