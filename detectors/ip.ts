/** (O) Not written yet. */
import type { Detector } from './contract.js';

export const ip: Detector<'ip'> = {
  category: 'ip',
  citation: '164.514(b)(2)(i)(O)',
  rules: [],
  anchors: {},
  read(): void {},
};
