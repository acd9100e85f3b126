/** The rules of vehicles: VINs and plates, by what makes them known. */
import type { Rule } from '../../contract.js';

export const VIN: Rule = {
  name: 'vehicle.vin',
  kind: 'vin',
  confidence: 0.95,
  about: 'Seventeen characters after a VIN label',
};
export const BARE: Rule = {
  name: 'vehicle.vin-bare',
  kind: 'vin',
  confidence: 0.85,
  about: 'Seventeen characters whose check digit holds, or that stand near a vehicle',
};
export const PLATE: Rule = {
  name: 'vehicle.plate',
  kind: 'plate',
  confidence: 0.95,
  about: 'A plate after a label: license plate, tag number',
};
export const NEAR: Rule = {
  name: 'vehicle.plate-near',
  kind: 'plate',
  confidence: 0.8,
  about: 'A plate near "plate" or "tag" alone, or near a vehicle',
};
export const CUED: Rule = {
  name: 'vehicle.near-word',
  kind: 'plate',
  confidence: 0.75,
  about: 'A code in the same clause as a word for a vehicle',
};
export const FORM: Rule = {
  name: 'vehicle.plate-form',
  kind: 'plate',
  confidence: 0.55,
  about: 'Three letters and four digits, or a digit, three letters and three digits, by their form, best near traffic',
};
