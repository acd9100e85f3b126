/** (K) Not written yet. */
import type { Detector } from './contract.js';

export const license: Detector<'license'> = {
  category: 'license',
  citation: '164.514(b)(2)(i)(K)',
  rules: [],
  anchors: {},
  read(): void {},
};
