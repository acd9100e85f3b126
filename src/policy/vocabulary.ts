/**
 * The published words for what is protected, and what of the detectors' categories each stands for. Every category is also
 * a word of its own. Words of health content that no detector finds yet are known, and said to be so.
 */
import { CATEGORIES, type Category } from '../../detectors/contract.js';
import type { Selector } from './rule.js';

/** The detector's words are `category` and `kind`; without kinds all of the category is meant. */
export const VOCABULARY = {
  patient_name: { category: 'name', kinds: ['patient', 'unknown'] },
  relative_name: { category: 'name', kinds: ['relative'] },
  clinician_name: { category: 'name', kinds: ['clinician'] },
  address: { category: 'geography' },
  date_of_birth: { category: 'date', kinds: ['birth'] },
  date_of_death: { category: 'date', kinds: ['death'] },
  date_of_service: { category: 'date', kinds: ['visit', 'date', 'partial'] },
  age_over_89: { category: 'date', kinds: ['age'] },
  phone_number: { category: 'phone' },
  fax_number: { category: 'fax' },
  email_address: { category: 'email' },
  social_security_number: { category: 'ssn' },
  medical_record_number: { category: 'mrn' },
  insurance_id: { category: 'health-plan' },
  account_number: { category: 'account' },
  license_number: { category: 'license' },
  vehicle_id: { category: 'vehicle' },
  device_id: { category: 'device' },
  web_address: { category: 'url' },
  ip_address: { category: 'ip' },
  photograph: { category: 'photo' },
} as const satisfies Readonly<Record<string, Selector>>;

/** Part of the language, since what they say of somebody is PHI; until a detector finds them, only identifiers decide. */
export const UNDETECTED = ['diagnosis', 'medication', 'lab_results'] as const;

const OWN = Object.fromEntries(CATEGORIES.map((category) => [category, { category }])) as {
  readonly [C in Category]: Selector;
};

const WORDS: Readonly<Record<string, Selector>> = { ...VOCABULARY, ...OWN };

export const PHI_WORDS: readonly string[] = [...Object.keys(WORDS), ...UNDETECTED];

/** What the words select, joined by category, in statute order. */
export function selectorsOf(words: readonly string[]): readonly Selector[] {
  const asked = words.flatMap((word) => (Object.hasOwn(WORDS, word) ? [WORDS[word]] : []));
  return CATEGORIES.flatMap((category): Selector[] => {
    const of = asked.filter((one) => one.category === category);
    if (of.length === 0) return [];
    if (of.some(({ kinds }) => kinds === undefined)) return [{ category }];
    return [{ category, kinds: [...new Set(of.flatMap(({ kinds }) => kinds ?? []))] }];
  });
}

export const ALL_SELECTORS: readonly Selector[] = CATEGORIES.map((category) => ({ category }));

export function undetectedOf(words: readonly string[]): readonly string[] {
  return UNDETECTED.filter((word) => words.includes(word));
}
