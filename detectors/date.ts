/** (C) Not written yet. */
import type { Detector } from './contract.js';

export const date: Detector<'date'> = {
  category: 'date',
  citation: '164.514(b)(2)(i)(C)',
  rules: [],
  anchors: {},
  read(): void {},
};
