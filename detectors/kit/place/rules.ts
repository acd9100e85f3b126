/** The ways in which geography is recognised; shared by the readers of streets, towns and labelled values. */
import type { Rule } from '../../contract.js';

export const STREET: Rule = {
  name: 'geography.street',
  kind: 'address',
  confidence: 0.9,
  about: 'House number and street, with unit, town, state and ZIP as far as they follow',
};
export const ZIPPED: Rule = {
  name: 'geography.zipped',
  kind: 'address',
  confidence: 0.95,
  about: 'What leads up to a ZIP, back to the house number',
};
export const LABELLED: Rule = {
  name: 'geography.address-label',
  kind: 'address',
  confidence: 0.9,
  about: 'What an address label introduces',
};
export const BOX: Rule = {
  name: 'geography.box',
  kind: 'address',
  confidence: 0.9,
  about: 'PO Box, rural route, highway contract or military box',
};
export const ZIP: Rule = {
  name: 'geography.zip',
  kind: 'zip',
  confidence: 0.95,
  about: 'ZIP or postal code after its label',
};
export const CITY: Rule = {
  name: 'geography.city',
  kind: 'city',
  confidence: 0.8,
  about: 'Town, with its state where it has one, that stands where a place stands',
};
export const CITY_LABEL: Rule = {
  name: 'geography.city-label',
  kind: 'city',
  confidence: 0.9,
  about: 'Town after a label or a phrase such as "lives in"',
};
export const COUNTY: Rule = {
  name: 'geography.county',
  kind: 'county',
  confidence: 0.9,
  about: 'County, parish or borough after its label',
};
export const FACILITY: Rule = {
  name: 'geography.facility',
  kind: 'facility',
  confidence: 0.9,
  about: 'Hospital, clinic or other place of care by its name',
};
export const SITE: Rule = {
  name: 'geography.facility-label',
  kind: 'facility',
  confidence: 0.85,
  about: 'What a facility label introduces',
};
export const COORDINATES: Rule = {
  name: 'geography.coordinates',
  kind: 'coordinates',
  confidence: 0.9,
  about: 'Latitude and longitude',
};
export const ROAD: Rule = {
  name: 'geography.road',
  kind: 'street',
  confidence: 0.7,
  about: 'A numbered road on which something happened, with its mile marker',
};
