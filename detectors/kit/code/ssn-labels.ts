/** The labels of social security numbers (45 CFR 164.514(b)(2)(i)(G)), whole or the last four digits. */
import { lazy, NUM, phrases, without } from '../phrases.js';

const SOCIAL = '(ssn|social|social security|soc sec|ss)';
const LAST = lazy(() =>
  phrases(
    `${SOCIAL} [number|no] last (4|four) [digits]`,
    `${SOCIAL} [number|no] last4`,
    `${SOCIAL} [number|no] (ending|ends) [in|with]`,
    `(last|final) (4|four) [digits] [of] [the|his|her|their|your|my] ${SOCIAL} [number]`,
    `last4 [of] ${SOCIAL}`,
    '(ssn4|ssnlast4|last4ssn)',
    `${SOCIAL} (masked|tail|suffix|l4)`,
  ),
);
const WHOLE = lazy(() =>
  without(
    phrases(
      `(ssn|social security|social sec|soc sec|soc security|s s n|socsec) ${NUM}`,
      'ssn',
      's s n',
      'ssns',
      'social security',
      'social sec',
      'soc sec',
      'socsec',
      `(ss|s s|social|ssi|ssa|ssdi) (number|no|num|nbr|id)`,
      '(social security|ssn|social) (registration|account|card|identity) [number|no|identifier|field]',
      '(social security|ssn) (registration field|identifier field|field|value|identity|digits)',
      '(patient|pt|subscriber|guarantor|insured|member|spouse|employee|mother|father|dependent) ssn',
      '(us|tax) ssn',
      'itin',
      'individual taxpayer (id|identification) [number]',
      'individual tax (id|identification) number',
    ),
    LAST(),
  ),
);

const SPOKEN = lazy(() => phrases('(my|his|her|their|your|our|the|patient s|pt s) (social|soc|ss) is'));

export const SSN_LABELS = {
  labels: { ssn: WHOLE, last4: LAST, word: SPOKEN },
  fields: { word: () => phrases('social', 'ss', 'soc'), last4: () => phrases('last four') },
};
