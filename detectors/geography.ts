/** (B) Not written yet. */
import type { Detector } from './contract.js';

export const geography: Detector<'geography'> = {
  category: 'geography',
  citation: '164.514(b)(2)(i)(B)',
  rules: [],
  anchors: {},
  read(): void {},
};
