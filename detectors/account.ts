/** (J) Not written yet. */
import type { Detector } from './contract.js';

export const account: Detector<'account'> = {
  category: 'account',
  citation: '164.514(b)(2)(i)(J)',
  rules: [],
  anchors: {},
  read(): void {},
};
