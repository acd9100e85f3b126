/** (M) Not written yet. */
import type { Detector } from './contract.js';

export const device: Detector<'device'> = {
  category: 'device',
  citation: '164.514(b)(2)(i)(M)',
  rules: [],
  anchors: {},
  read(): void {},
};
