/** (A) Not written yet. */
import type { Detector } from './contract.js';

export const name: Detector<'name'> = {
  category: 'name',
  citation: '164.514(b)(2)(i)(A)',
  rules: [],
  anchors: {},
  read(): void {},
};
