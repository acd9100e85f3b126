/** The labels of licences and certificates (45 CFR 164.514(b)(2)(i)(K)), by kind. */
import { lazy, NO, phrases, without } from '../phrases.js';

const LICENSE = '(license|licence|lic|licensure|licenses)';
const PROFESSION =
  '(medical|nursing|nurse|rn|lpn|np|aprn|pa|md|do|physician|pharmacy|pharmacist|dental|dentist|state|professional|provider|practitioner|prescriber|clinician|doctor|doctor s|physician s|therapist|lcsw|psychologist|facility|board|controlled substance|cds|practice|emt|paramedic|pilot|marriage|teaching|teacher|hunting|fishing|boating|gun|firearm|firearms|concealed carry|concealed weapons|real estate|business|liquor|cosmetology|contractor|social work|foster|day care|cpa|cna)';
const NPI = lazy(() =>
  phrases(
    'npi [number|no|num|id|identifier|field]',
    'npis',
    'national provider (identifier|id|number|identification)',
    'national provider (identifier|identification) number',
    '(provider|prescriber|physician|rendering|billing|attending|referring|ordering|ordering provider|individual|group|organization|facility|clinician) npi [number]',
    'us npi',
  ),
);
const DEA = lazy(() =>
  phrases(
    'dea [registration|reg|license|certificate] [number|no|num|id|identifier]',
    'dea',
    '(provider|prescriber|physician) dea [number]',
    'drug enforcement administration (number|registration)',
  ),
);
const DRIVER = lazy(() =>
  phrases(
    `(driver s|drivers|driver|driving|operator|operator s|operators|chauffeur s) ${LICENSE} [number|no|num|id|identifier|identification|key]`,
    '(dl|dln|d l|cdl|odl) (number|no|num|id)',
    '(dln|oln)',
    'real id [number|no]',
    'non driver id [number|no]',
    'dmv id',
    'consular id [card] [number|no]',
    'matricula consular [number|no]',
    '(driver s|drivers|driver|driving) license [number|no] (ending|ends) [in|with]',
    'cdl',
    '(driver s|drivers|driver|driving) (permit|licence card|license card) [number|no]',
    '(state|state issued|government|government issued|photo) id (number|no|card number)',
    '(state|state issued|government issued) id',
    '(state|state issued|government|government issued|photo) (id|identification) card [number|no|num]',
    '(state|photo) identification (number|card number)',
  ),
);
const PASSPORT = lazy(() =>
  phrases(
    '[us|travel|foreign] passport (number|no|num|nbr|id|identifier|key|card number|book number|reference|ref|card|book)',
    'travel passport',
    'known traveler (number|no)',
    'ktn',
    'global entry [number|id]',
    'i 94 (number|no|record|admission number)',
    'sevis [id|number|no]',
    'uscis [number|no|receipt number]',
    '(travel document) [number|no|id]',
    '(green card|permanent resident card|alien registration|alien registration number|uscis) (number|no)',
    'visa (number|no)',
  ),
);
const PROFESSIONAL = lazy(() =>
  without(
    phrases(
      `${LICENSE} ${NO}`,
      `${PROFESSION} ${LICENSE} [number|no|num|id|identifier]`,
      `${PROFESSION} (certificate|certification|cert|registration) [number|no|num|id]`,
      '(certificate|certification|cert) (number|no|num|nbr|id)',
      'qualification identifier [value]',
      '(state bar|bar|arrt|nremt|nabp|ncpdp|ascp|ptan|ccn|medicare provider|medicaid provider|state provider|license board|waiver) (number|no|num|id)',
      '(ptan|ncpdp|nabp|nremt|arrt)',
      '(bls|acls|pals|foid|twic|dot medical|medical examiner s|food handler|guard) card [number|no|id]',
      '(birth|death|marriage|naturalization|citizenship) (certificate|cert) [number|no]',
      'certificate of (live birth|birth|death|marriage|naturalization|citizenship) [number|no]',
      `${LICENSE} (certificate|registration|or certificate) [number|no|id]`,
      '(certificate|certification|certification id) [or] (license|licence) [number|no|identifier]',
      '(board certification|board certificate|professional certificate|professional certification|medical registration|nursing registration|nurse registration|gmc|nmc|ahpra|cds|cpso|upin|clia|clia certificate|state controlled substance|permit|fcc|faa) (number|no|num|id|identifier|pin|certificate)',
      'clia',
      '(nmls|sbn|nrcme) [id|number|no]',
      '(cosmetology|barber|esthetician|notary|massage|electrician|plumber) (number|no|id)',
      'upin',
      '(provider|prescriber|physician|clinician|practitioner) (identifier|id|identification|number|id number|identification number|no)',
      '(birth certificate|death certificate|marriage certificate|vaccination certificate) (number|no)',
      `${NO} (of|for|on) [the|his|her|their] (license|licence|certificate)`,
      '(license|licence|dl) [number|no] (ending|ends) [in|with]',
    ),
    DRIVER(),
    PASSPORT(),
  ),
);
const WORDS = lazy(() =>
  without(phrases('license', 'licence', 'lic', 'passport', 'd l'), PROFESSIONAL(), DRIVER(), PASSPORT()),
);

export const LICENSE_LABELS = {
  labels: {
    npi: NPI,
    dea: DEA,
    driver: DRIVER,
    passport: PASSPORT,
    professional: lazy(() => without(PROFESSIONAL(), NPI(), DEA())),
    word: WORDS,
  },
  fields: { word: () => phrases('dl', 'certificate', 'certification', 'cert', 'permit') },
};
