/** (F) Not written yet. */
import type { Detector } from './contract.js';

export const email: Detector<'email'> = {
  category: 'email',
  citation: '164.514(b)(2)(i)(F)',
  rules: [],
  anchors: {},
  read(): void {},
};
