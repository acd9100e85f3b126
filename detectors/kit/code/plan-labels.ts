/** The labels of health plans' numbers (45 CFR 164.514(b)(2)(i)(I)), by kind, and the names of payers. */
import { lazy, NO, NUM, phrases, without } from '../phrases.js';

const PERSON =
  '(member|mbr|memb|subscriber|sub|beneficiary|bene|card holder|enrollee|cardholder|insured|insured s|subscriber s|member s|dependent|policyholder|policy holder|recipient)';
const PLAN = '(insurance|ins|health plan|plan|policy|pol|coverage|carrier|hmo|ppo|medigap|health)';
const MEDICARE = lazy(() =>
  phrases(
    '(medicare|mbi|hicn|hic|cms) [beneficiary|member|claim] (number|no|num|nbr|id|identifier|card)',
    'medicare beneficiary',
    'mbi',
    'hicn',
    'health insurance claim number',
    'railroad medicare [number|id]',
  ),
);
const MEDICAID = lazy(() =>
  phrases(
    '(medicaid|medi cal|medical assistance|masshealth|tenncare|badgercare|chip|title xix) [recipient|member|client] (number|no|num|nbr|id|identifier|card|cin)',
    'medicaid recipient',
  ),
);
const GROUP = lazy(() =>
  phrases(
    `(group|grp|employer group|insurance group|plan group|health plan group) (number|numbers|no|num|nbr|id|identifier|code)`,
    'policy group [number|no]',
    'policy group or feca number',
    'feca (number|no)',
    '(rx|pharmacy) (group|grp|bin|pcn) [number|no|id]',
    'rxgrp',
    'rxgroup',
    'rxbin',
    'rxpcn',
    'bin number',
    'pcn number',
  ),
);
const POLICY = lazy(() =>
  without(
    phrases(
      `${PLAN} ${NUM}`,
      `${PLAN} [card] (number|no|id)`,
      '(insurance|ins|plan|coverage|health|member|medicare|medicaid|benefit) card [number|no|num|id|shows|reads|says|lists]',
      `(health plan|insurance|plan|policy) (beneficiary|policy|contract|certificate|coverage|account) ${NUM}`,
      '(contract|insurance contract|policy contract) (number|no|id)',
      '(insurance certificate|policy certificate|certificate of coverage|coverage certificate|group certificate) (number|no|num|nbr)',
      '(insurance|plan|policy|coverage|member|subscriber) identification number',
      'number on [the|his|her|their|my|your] [insurance|plan|health plan|member] card',
      'id on [the|his|her|their|my|your] [insurance|plan|member] card',
      `(number|id|identifier) (of|for|on) [the|his|her|their] (insurance|policy|health plan|plan|coverage)`,
    ),
    MEDICARE(),
    MEDICAID(),
    GROUP(),
  ),
);
const MEMBER = lazy(() =>
  without(
    phrases(
      `${PERSON} ${NUM}`,
      '(insured|insured s|subscriber|member|subscriber s|member s) i d [number|no]',
      `(health plan|plan|insurance) (member|subscriber|beneficiary) ${NO}`,
      '(unique member|alternate member|family member|champus|tricare|dod benefits) (id|identifier|number)',
      'dbn',
      '(member|policy|subscriber|insurance|medicare|medicaid) [id|number|no] (ending|ends) [in|with]',
      '(aetna|cigna|humana|bcbs|anthem|blue cross|blue shield|uhc|united healthcare|unitedhealthcare|kaiser|tricare|molina|wellcare|ambetter) [member|subscriber|policy] (id|number|no|identifier)',
    ),
    POLICY(),
    MEDICARE(),
    MEDICAID(),
    GROUP(),
  ),
);
const AUTHORIZATION = lazy(() =>
  phrases(
    '(prior|pre|pa) (authorization|auth|authorisation) [number|no|num|id|code|reference|ref]',
    '(precert|precertification|preauthorization|preauth) [number|no|num|id|code|reference]',
    'pa (number|no)',
  ),
);
const WORDS = lazy(() =>
  phrases(
    'policy',
    'insurance',
    'health insurance',
    'medicaid',
    'medicare',
    'medi cal',
    '(primary|secondary|tertiary) insurance',
    'health plan',
  ),
);
const PAYERS = lazy(() =>
  phrases(
    'aetna',
    'cigna',
    'humana',
    'bcbs',
    'anthem',
    'uhc',
    'unitedhealthcare',
    'united healthcare',
    'blue cross [blue shield]',
    'blue shield',
    'tricare',
    'molina',
    'wellcare',
    'ambetter',
    '(aetna|cigna|humana|bcbs|anthem|uhc) (ppo|hmo|epo|pos)',
    'kaiser permanente',
    'bluecross blueshield',
    'centene',
    'oscar health',
    'health net',
    'upmc health plan',
    'caresource',
    'emblemhealth',
    'highmark',
    'premera',
    'regence',
    'carefirst',
    'florida blue',
    'optum',
    'medicare advantage',
    'harvard pilgrim',
    'priority health',
    'healthfirst',
    'fidelis care',
    'amerigroup',
    'bright health',
    'clover health',
    'wellpoint',
    'medica',
    'geisinger health plan',
  ),
);

export const PLAN_LABELS = {
  labels: {
    medicare: MEDICARE,
    medicaid: MEDICAID,
    member: MEMBER,
    group: GROUP,
    policy: POLICY,
    authorization: AUTHORIZATION,
    word: lazy(() => without(WORDS(), POLICY(), MEMBER())),
    payer: lazy(() => without(PAYERS(), MEMBER(), POLICY())),
  },
  fields: { word: () => phrases('group', 'grp', 'plan', 'bin', 'pcn', 'hic', 'cin', 'coverage', 'auth') },
};
