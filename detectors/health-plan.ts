/** (I) Not written yet. */
import type { Detector } from './contract.js';

export const healthPlan: Detector<'health-plan'> = {
  category: 'health-plan',
  citation: '164.514(b)(2)(i)(I)',
  rules: [],
  anchors: {},
  read(): void {},
};
