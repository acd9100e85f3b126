/** (E) Not written yet. */
import type { Detector } from './contract.js';

export const fax: Detector<'fax'> = {
  category: 'fax',
  citation: '164.514(b)(2)(i)(E)',
  rules: [],
  anchors: {},
  read(): void {},
};
