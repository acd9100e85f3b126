/** (R) Not written yet. */
import type { Detector } from './contract.js';

export const otherId: Detector<'other-id'> = {
  category: 'other-id',
  citation: '164.514(b)(2)(i)(R)',
  rules: [],
  anchors: {},
  read(): void {},
};
