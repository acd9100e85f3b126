/**
 * The registry: every category of the Safe Harbor rule and the one detector that finds it. It does not compile if a
 * category is missing or a detector is filed under another's name.
 */
import { account } from './account.js';
import { biometric } from './biometric.js';
import { CATEGORIES, type Category, type Detector } from './contract.js';
import { date } from './date.js';
import { device } from './device.js';
import { email } from './email.js';
import { fax } from './fax.js';
import { geography } from './geography.js';
import { healthPlan } from './health-plan.js';
import { ip } from './ip.js';
import { license } from './license.js';
import { mrn } from './mrn.js';
import { name } from './name.js';
import { otherId } from './other-id.js';
import { phone } from './phone.js';
import { photo } from './photo.js';
import { ssn } from './ssn.js';
import { url } from './url.js';
import { vehicle } from './vehicle.js';

const registry: { readonly [C in Category]: Detector<C> } = {
  name,
  geography,
  date,
  phone,
  fax,
  email,
  ssn,
  mrn,
  'health-plan': healthPlan,
  account,
  license,
  vehicle,
  device,
  url,
  ip,
  biometric,
  photo,
  'other-id': otherId,
};

/** All detectors, in statute order. */
export const detectors: readonly Detector[] = CATEGORIES.map((category) => registry[category]);
