/** The rules of dates and ages, by what makes them known. */
import type { Rule } from '../../contract.js';

export const BIRTH: Rule = {
  name: 'date.birth',
  kind: 'birth',
  confidence: 0.95,
  about: 'A date of birth, by its label or the word born',
};
export const DEATH: Rule = { name: 'date.death', kind: 'death', confidence: 0.95, about: 'A date of death' };
export const VISIT: Rule = {
  name: 'date.visit',
  kind: 'visit',
  confidence: 0.95,
  about: 'A date after a label: admission, service, collection',
};
export const FULL: Rule = {
  name: 'date.full',
  kind: 'date',
  confidence: 0.85,
  about: 'Day, month and year in any form',
};
export const PARTIAL: Rule = {
  name: 'date.partial',
  kind: 'partial',
  confidence: 0.7,
  about: 'Month and year, or month and day',
};
export const MONTH: Rule = {
  name: 'date.month',
  kind: 'partial',
  confidence: 0.6,
  about: 'A month alone that tells when: since March',
};
export const COMPACT: Rule = {
  name: 'date.compact',
  kind: 'date',
  confidence: 0.75,
  about: 'A day in one run of digits: 19600102',
};
export const AGE: Rule = { name: 'date.age', kind: 'age', confidence: 0.9, about: 'An age over 89' };
