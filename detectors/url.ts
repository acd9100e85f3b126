/** (N) Not written yet. */
import type { Detector } from './contract.js';

export const url: Detector<'url'> = {
  category: 'url',
  citation: '164.514(b)(2)(i)(N)',
  rules: [],
  anchors: {},
  read(): void {},
};
