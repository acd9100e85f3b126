/** (L) Not written yet. */
import type { Detector } from './contract.js';

export const vehicle: Detector<'vehicle'> = {
  category: 'vehicle',
  citation: '164.514(b)(2)(i)(L)',
  rules: [],
  anchors: {},
  read(): void {},
};
